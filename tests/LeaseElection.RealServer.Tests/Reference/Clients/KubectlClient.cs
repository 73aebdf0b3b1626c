using LeaseElection.RealServer.Tests.Reference.Corpus;
using LeaseElection.RealServer.Tests.Reference.Recording;

namespace LeaseElection.RealServer.Tests.Reference.Clients;

/// <summary>The real kubectl, with nothing of this process's environment but PATH.</summary>
internal sealed class KubectlClient : IClient
{
    // Nothing here takes so long, whatever else the machine does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<string?> AskAsync(Workplace place, CancellationToken cancellationToken)
    {
        string[] arguments = ["get", "lease", ApiAnswers.Lease, "-o", "name", "--request-timeout=20s"];
        using var process = await ProcessStarter.StartAsync(ClientPrograms.Kubectl, arguments, place.Configure);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await Task.WhenAll(output, errors, process.WaitForExitAsync(cancellationToken))
            .WaitAsync(Patience, TimeProvider.System, cancellationToken);
        return process.ExitCode == 0 ? null : place.Hide(Words(await output + await errors));
    }

    // Without its log, which has times; an entry may go on in lines that begin with a tab, until one that closes it.
    private static string Words(string text) => string.Join('\n', text.Trim().Split('\n').Where(line =>
        line is not (['E' or 'W' or 'I', >= '0' and <= '9', ..] or ['\t', ..] or " >")));
}
