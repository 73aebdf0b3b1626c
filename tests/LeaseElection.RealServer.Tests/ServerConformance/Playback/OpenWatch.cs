using System.Text;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>A watch that runs beside the case's next steps.</summary>
internal sealed class OpenWatch(int step, string request, HttpResponseMessage response, int? events)
{
    // Far above any timeoutSeconds in a case: what never comes is a difference, not a hang.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    public int Step => step;

    public string Request => request;

    public async Task<Answer> ReadAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var body = new StringBuilder();
        using (response)
        {
            try
            {
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(either.Token));
                for (var told = 0; told != events && await reader.ReadLineAsync(either.Token) is { } line; told++)
                    body.Append(line).Append('\n');
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                body.Append("(nothing more, and no end)\n");
            }

            return Answers.From(response, body.ToString());
        }
    }
}
