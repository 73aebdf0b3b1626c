namespace LeaseElection.Examples.Tests.FencedWriter.Postgres;

/// <summary>
/// A fresh folder for a server, made by who runs the server, because it has to be his own: see <see cref="ServerAccount"/>.
/// </summary>
internal static class DataFolder
{
    /// <summary>The server's one user, who may do everything there.</summary>
    public const string User = "tests";

    // $1 is where, $2 initdb, $3 the user; the password comes on standard input, where nobody else sees it.
    private const string Initialise =
        """
        umask 077
        folder=$(mktemp -d "$1/leaseelection-postgres.XXXXXX") && echo "$folder" && cat >"$folder/password" &&
          exec "$2" -D "$folder/data" -U "$3" --pwfile="$folder/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1
        """;

    public static string DataIn(string folder) => Path.Combine(folder, "data");

    /// <returns>The folder that holds the data folder; logs may go there too.</returns>
    /// <exception cref="InvalidOperationException">initdb failed; the message has what it said.</exception>
    public static async Task<string> CreateAsync(PostgresBinaries binaries, string password, CancellationToken cancellationToken)
    {
        var parent = Environment.IsPrivilegedProcess ? "/tmp" : Path.GetTempPath(); // Root's may be closed to others.
        string[] command = [.. ServerAccount.Prefix, "/bin/sh", "-c", Initialise, "sh", parent, binaries.Initdb, User];
        using var initdb = await ProcessStarter.StartAsync(command[0], command.Skip(1), start =>
        {
            start.WorkingDirectory = "/"; // Ours may be closed to others.
            start.RedirectStandardInput = start.RedirectStandardOutput = true;
        });
        await initdb.StandardInput.WriteLineAsync(password);
        initdb.StandardInput.Close();
        var folder = (await initdb.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
        await initdb.WaitForExitAsync(cancellationToken);
        if (initdb.ExitCode == 0)
            return folder;
        var log = Path.Combine(folder, "initdb.log");
        throw new InvalidOperationException(
            $"initdb failed:\n{(File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken) : folder)}");
    }
}
