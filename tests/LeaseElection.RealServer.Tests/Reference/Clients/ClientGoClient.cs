using LeaseElection.RealServer.Tests.Reference.Corpus;
using LeaseElection.RealServer.Tests.Reference.Recording;

namespace LeaseElection.RealServer.Tests.Reference.Clients;

/// <summary>client-go's elector, until its first request: what a program does where kubectl would ask a person.</summary>
internal sealed class ClientGoClient : IClient
{
    public async Task<string?> AskAsync(Workplace place, CancellationToken cancellationToken)
    {
        string[] arguments = [$"-kubeconfig={place.Variables["KUBECONFIG"]}", $"-name={ApiAnswers.Lease}", "-identity=reference"];
        using var process = await ProcessStarter.StartAsync(ClientPrograms.ClientGoCandidate, arguments, place.Configure);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var asked = await Task.WhenAny(place.Asked, process.WaitForExitAsync(cancellationToken)) == place.Asked;
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        await output;
        return asked ? null : place.Hide((await errors).Trim());
    }
}
