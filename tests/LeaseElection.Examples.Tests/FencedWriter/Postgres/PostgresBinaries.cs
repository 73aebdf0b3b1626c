using System.Globalization;

namespace LeaseElection.Examples.Tests.FencedWriter.Postgres;

/// <summary>The folder that holds initdb and postgres.</summary>
internal sealed record PostgresBinaries(string Folder)
{
    /// <summary>schema.sql asks for it: CREATE OR REPLACE TRIGGER.</summary>
    private const int OldestVersion = 14;

    private const string Variable = "LEASEELECTION_TEST_POSTGRES";

    public string Initdb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    private bool IsComplete => File.Exists(Initdb) && File.Exists(Postgres);

    /// <summary>Finds them as eng/postgres.sh does: the folder that is named, then the newest of Debian's packages.</summary>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="InvalidOperationException">The named folder lacks one of them.</exception>
    public static PostgresBinaries? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return new PostgresBinaries(named) is { IsComplete: true } given
                ? given
                : throw new InvalidOperationException(
                    $"{Variable} is '{named}', which does not hold both initdb and postgres: correct it, or unset it");
        }

        const string Packages = "/usr/lib/postgresql";
        return !Directory.Exists(Packages) ? null : Directory.GetDirectories(Packages)
            .Select(folder => (Version: Number(Path.GetFileName(folder)), Binaries: new PostgresBinaries(Path.Combine(folder, "bin"))))
            .Where(found => found.Version >= OldestVersion && found.Binaries.IsComplete)
            .OrderByDescending(found => found.Version)
            .Select(found => found.Binaries)
            .FirstOrDefault();
    }

    private static int Number(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
