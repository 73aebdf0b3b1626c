namespace LeaseElection.Diagnostics;

/// <summary>Kubernetes' verbs. A create and an update are one: whether an election's writes work.</summary>
internal static class Verbs
{
    public const string Get = "get";
    public const string Watch = "watch";
    public const string Create = "create";
    public const string Update = "update";

    public static bool IsWrite(string verb) => verb is Create or Update;

    /// <summary>What troubles are counted by: get, watch or write.</summary>
    public static string GroupOf(string verb) => IsWrite(verb) ? "write" : verb;
}
