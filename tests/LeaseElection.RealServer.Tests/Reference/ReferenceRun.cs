using LeaseElection.RealServer.Tests.Reference.Clients;
using LeaseElection.RealServer.Tests.Reference.Corpus;
using LeaseElection.RealServer.Tests.Reference.Recording;

namespace LeaseElection.RealServer.Tests.Reference;

/// <summary>All cases with the reference and with the library, a few at a time: most of a case is the start of a process.</summary>
public sealed class ReferenceRun : IAsyncLifetime
{
    private const int AtOnce = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-reference-");
    private readonly SemaphoreSlim _turns = new(AtOnce);
    private IReadOnlyDictionary<string, Task<Comparison>> _comparisons = new Dictionary<string, Task<Comparison>>();

    private string Plugin => Path.Combine(_folder.FullName, "plugin");

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await PluginLog.WriteAsync(Plugin, cancellationToken);
        if (ReferencePrograms.Missing is null)
            _comparisons = Cases.All.ToDictionary(c => c.Key, c => CompareAsync(c.Value, cancellationToken), StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever asked for one has seen its exception.
        await ((Task)Task.WhenAll(_comparisons.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _turns.Dispose();
        _folder.Delete(recursive: true);
    }

    internal Task<Comparison> OfAsync(string name) => _comparisons[name];

    private async Task<Comparison> CompareAsync(CorpusCase @case, CancellationToken cancellationToken)
    {
        IClient reference = @case.HasNobody ? new ClientGoClient() : new KubectlClient();
        var theirs = await AskAsync(reference, @case, cancellationToken);
        return new(@case, theirs, await AskAsync(new LibraryClient(), @case, cancellationToken));
    }

    private async Task<Answer> AskAsync(IClient client, CorpusCase @case, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            await using var place = await Workplace.MakeAsync(@case, Plugin, cancellationToken);
            // Some work for a plugin is synchronous: not on the thread that starts them all.
            var refusal = await Task.Run(() => client.AskAsync(place, cancellationToken), cancellationToken);
            return new(await place.FinishAsync(), refusal);
        }
        finally
        {
            _turns.Release();
        }
    }
}
