namespace LeaseElection.Examples.Tests.FencedWriter.Postgres;

/// <summary>Who runs PostgreSQL: we do, but not as root, which it refuses; then an account without rights.</summary>
internal static class ServerAccount
{
    /// <summary>The account's own, where Debian's package made one; else nobody.</summary>
    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>Gets what a command begins with; it ends in an exec.</summary>
    public static IReadOnlyList<string> Prefix { get; } = Environment.IsPrivilegedProcess ? AsSomebody() : [];

    // A change of user makes the kernel forget who is to die with his parent, so that is said again. Quit: the server tidies up.
    private static IReadOnlyList<string> AsSomebody()
    {
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3)
            .ToLookup(fields => fields[0]);
        var account = Preferred.SelectMany(name => accounts[name]).FirstOrDefault()
            ?? throw new InvalidOperationException(
                $"PostgreSQL refuses to run as root, and there is no account {string.Join(" or ", Preferred)}");
        return ["setpriv", $"--reuid={account[2]}", $"--regid={account[3]}", "--clear-groups", "--pdeathsig", "QUIT", "--"];
    }
}
