namespace LeaseElection.RealServer.Tests.Reference;

/// <summary>Cases that are to be like the reference's and are not yet. Each that is done fails until it is taken out.</summary>
internal static class NotYet
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "password without a name",
        "key without a certificate",
        "certificate data is no certificate",
        "as-groups",
        "as-user-extra",
        "server with the usual port",
        "server with an escaped path",
        "server without a scheme",
        "server without a scheme, insecure",
        "server with a user",
        "HTTPS_PROXY for http",
        "user missing",
        "user without a name",
        "names are numbers",
        "combination 7",
        "combination 10",
        "combination 13",
        "combination 14",
        "combination 15",
        "combination 17",
        "combination 18",
        "combination 25",
        "combination 28",
        "combination 29",
        "combination 30",
        "combination 34",
        "combination 35",
        "combination 39",
        "combination 43",
        "combination 44",
        "combination 45",
        "combination 47",
    };

    public static string? Reason(string name) => Names.Contains(name) ? "not yet" : null;
}
