using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>
/// Finds a plugin's program as kubectl does: a path is a path, a name is looked up on PATH. Process.Start would look into our own and the
/// current folder first, where anybody may have put a file of that name.
/// </summary>
internal static class ProgramFinder
{
    private const string SearchPath = "PATH", Extensions = "PATHEXT";

    /// <returns>The path; null when there is none.</returns>
    public static string? Find(string command, ISystemEnvironment machine)
    {
        var names = NamesOf(command, machine);
        if (command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return names.Select(Path.GetFullPath).FirstOrDefault(machine.HasFile);
        return (
            from folder in (machine.Variable(SearchPath) ?? "").Split(Path.PathSeparator)
            where Path.IsPathFullyQualified(folder)
            from name in names
            let path = Path.Combine(folder, name)
            where machine.HasProgram(path)
            select path).FirstOrDefault();
    }

    private static string[] NamesOf(string command, ISystemEnvironment machine) =>
        !OperatingSystem.IsWindows() || Path.HasExtension(command) ? [command]
            : [.. (machine.Variable(Extensions) ?? ".exe;.cmd;.bat;.com").Split(';').Select(extension => command + extension)];
}
