using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace LeaseElection.Examples.Tests.Observability;

/// <summary>A Prometheus of our own, with the alert rules, that scrapes these addresses four times a second. Dies with the test.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");
    private readonly HttpClient _http;
    private Process? _process;

    private Prometheus(int port) => _http = new() { BaseAddress = LoopbackPorts.Address("http", port) };

    /// <summary>Gets the folder of both programs; the test is skipped where there is none, and eng/test.sh fails then.</summary>
    public static string Programs
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
                ? named
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            var folder = Environment.GetEnvironmentVariable("LEASEELECTION_TEST_PROMETHEUS") is { Length: > 0 } given
                ? given
                : Path.Combine(cache, "leaseelection", "prometheus");
            Assert.SkipUnless(File.Exists(Path.Combine(folder, "promtool")), "No Prometheus here: run eng/prometheus.sh");
            return folder;
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Prometheus> StartAsync(IEnumerable<string> targets)
    {
        var port = LoopbackPorts.Free(1)[0];
        var prometheus = new Prometheus(port);
        var config = Path.Combine(prometheus._folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(
            config,
            $"""
            global: {"{"} scrape_interval: 250ms, evaluation_interval: 250ms {"}"}
            rule_files: ["{Path.Combine(ObservabilityFiles.Folder, "alerts.yaml")}"]
            scrape_configs:
            - job_name: observed-worker
              static_configs: [{"{"} targets: [{string.Join(", ", targets.Select(t => $"\"{t}\""))}] {"}"}]
            """,
            Cancel);
        prometheus._process = await ProcessStarter.StartAsync(
            Path.Combine(prometheus._folder.FullName, "log"),
            Path.Combine(Programs, "prometheus"),
            [$"--config.file={config}", $"--storage.tsdb.path={Path.Combine(prometheus._folder.FullName, "data")}", string.Create(
                CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}")]);
        await UntilAsync("Prometheus is ready", async () => (await prometheus._http.GetAsync("/-/ready", Cancel)).IsSuccessStatusCode);
        return prometheus;
    }

    /// <summary>Runs promtool to its end.</summary>
    public static async Task<(int Code, string Said)> PromtoolAsync(params string[] arguments)
    {
        using var process = await ProcessStarter.StartAsync(Path.Combine(Programs, "promtool"), arguments, start =>
        {
            start.WorkingDirectory = ObservabilityFiles.Folder;
            start.RedirectStandardOutput = start.RedirectStandardError = true;
        });
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel).WaitAsync(Patience, TimeProvider.System, Cancel);
        return (process.ExitCode, await output + await errors);
    }

    public static async Task UntilAsync(string what, Func<Task<bool>> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                if (await happened())
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token); // Not listening yet.
            }
            catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {what}");
            }
        }
    }

    /// <summary>Asks; an error of the query is the test's failure.</summary>
    public async Task<JsonArray> QueryAsync(string query)
    {
        var answer = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
        Assert.True((string?)answer["status"] == "success", $"{query}: {answer["error"]}");
        return answer["data"]!["result"]!.AsArray();
    }

    /// <summary>The series' labels and values, by a label.</summary>
    public async Task<Dictionary<string, double>> ValuesAsync(string query, string label) =>
        (await QueryAsync(query)).ToDictionary(
            r => (string)r!["metric"]![label]!, r => double.Parse((string)r!["value"]![1]!, CultureInfo.InvariantCulture),
            StringComparer.Ordinal);

    /// <summary>A list of names.</summary>
    public async Task<HashSet<string>> ListAsync(string path) =>
        (await GetAsync(path))["data"]!.AsArray().Select(n => (string)n!).ToHashSet(StringComparer.Ordinal);

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await (await _http.GetAsync(path, Cancel)).Content.ReadAsStringAsync(Cancel))!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}
