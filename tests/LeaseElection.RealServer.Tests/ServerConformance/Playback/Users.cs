namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>Who sends a request.</summary>
internal static class Users
{
    public const string Administrator = "admin";

    /// <summary>A user that the server knows, with the rights of the case's <see cref="Grant"/>, else none.</summary>
    public const string Known = "user-7";

    /// <summary>A token that the server does not know.</summary>
    public const string Unknown = "unknown";

    /// <summary>No token.</summary>
    public const string Anonymous = "anonymous";
}
