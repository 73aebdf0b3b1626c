using System.Diagnostics;
using LeaseElection.RealServer.Tests.Reference.Recording;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>
/// The folder and the servers of one client for one case. Placeholders in texts: <c>$folder</c>; <c>$port</c>, <c>$proxy</c>,
/// <c>$other</c> (ports); <c>$ca</c>, <c>$wrong</c>, <c>$bundle</c>, <c>$cert</c>, <c>$key</c> (data in base64).
/// </summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly RecordingServer _server = new();
    private readonly PluginLog _plugin;
    private readonly Placeholders _placeholders;

    private Workplace(CorpusCase @case, DirectoryInfo folder, string program)
    {
        (Case, _folder) = (@case, folder);
        _placeholders = new(folder.FullName, _server);
        _plugin = new(folder.FullName, program);
        Variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
            ["HOME"] = Home,
        };
        foreach (var (name, value) in @case.Variables)
            Variables[name] = _placeholders.Fill(value);
    }

    public CorpusCase Case { get; }

    public string Folder => _folder.FullName;

    public string Home => Path.Combine(Folder, "home");

    /// <summary>Gets the whole environment of the client: of this process's it has PATH alone.</summary>
    public Dictionary<string, string> Variables { get; }

    public Task Asked => _server.Records.Asked;

    /// <summary>Writes the case's files. Certificates, keys, a token and the plugin are in every folder.</summary>
    /// <param name="case">The case.</param>
    /// <param name="program">The plugin's program.</param>
    /// <param name="cancellationToken">The test's.</param>
    public static async Task<Workplace> MakeAsync(CorpusCase @case, string program, CancellationToken cancellationToken)
    {
        var place = new Workplace(@case, Directory.CreateTempSubdirectory("leaseelection-reference-"), program);
        var files = StandardFiles.All.ToDictionary(StringComparer.Ordinal);
        foreach (var (path, text) in @case.Files)
            files[path] = text;
        if (@case.Kubeconfig is { } kubeconfig)
            files["config"] = kubeconfig;
        foreach (var (path, text) in files)
            await place.WriteAsync(path, text, cancellationToken);
        return place;
    }

    /// <summary>Gives a program that is to be started the folder and the environment of the case, and no other.</summary>
    public void Configure(ProcessStartInfo start)
    {
        start.WorkingDirectory = Folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment.Clear();
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
    }

    /// <summary>What the client did, one thing a line, the same for the same deed. It has ended.</summary>
    public async Task<IReadOnlyList<string>> FinishAsync()
    {
        var lines = await _server.FinishAsync();
        return [.. lines.Concat(_plugin.Lines()).Select(_placeholders.Hide)];
    }

    public string Hide(string text) => _placeholders.Hide(text);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task WriteAsync(string path, string? text, CancellationToken cancellationToken)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(text is null ? full : Path.GetDirectoryName(full)!);
        if (text is not null)
            await File.WriteAllTextAsync(full, _placeholders.Fill(text), cancellationToken);
    }
}
