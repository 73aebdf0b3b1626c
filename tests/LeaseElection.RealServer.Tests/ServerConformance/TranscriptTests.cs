using System.Text;
using LeaseElection.RealServer.Tests.ServerConformance.Cases;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance;

/// <summary>For people who work on the embedded server: what the real one says, whole.</summary>
public sealed class TranscriptTests(SharedControlPlane shared)
{
    private const string FileVariable = "LEASEELECTION_TRANSCRIPT";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task RealServer_AllCases_AreWrittenDown()
    {
        var file = Environment.GetEnvironmentVariable(FileVariable) ?? throw new InvalidOperationException($"{FileVariable} names no file");
        using var server = new RealApiServer(await shared.GetAsync());
        var text = new StringBuilder();
        foreach (var @case in AllCases.List)
        {
            var start = TimeProvider.System.GetTimestamp();
            string transcript;
            try
            {
                transcript = Transcript.Write(await Player.PlayAsync(@case, server, await shared.CreateNamespaceAsync(), Cancellation));
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                transcript = e.ToString();
            }

            text.Append($"=== {@case.Name} ({TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0} ms)\n{transcript}\n");
        }

        await File.WriteAllTextAsync(file, text.ToString(), Cancellation);
    }
}
