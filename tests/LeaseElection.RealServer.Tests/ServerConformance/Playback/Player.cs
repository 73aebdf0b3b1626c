using System.Net.Http.Headers;
using System.Text;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>Plays a case on a server, and keeps all that was said.</summary>
internal sealed class Player(IConformanceServer server, string @namespace, CancellationToken cancellationToken)
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly Placeholders _placeholders = new(@namespace);
    private readonly SortedDictionary<int, Exchange> _exchanges = [];
    private readonly List<OpenWatch> _watches = [];

    public static async Task<IReadOnlyList<Exchange>> PlayAsync(
        ConformanceCase @case, IConformanceServer server, string @namespace, CancellationToken cancellationToken)
    {
        var player = new Player(server, @namespace, cancellationToken);
        for (var i = 0; i < @case.Steps.Count; i++)
            await player.TakeAsync(i + 1, @case.Steps[i]);
        foreach (var watch in player._watches)
            player.Keep(watch.Step, watch.Request, await watch.ReadAsync(cancellationToken));
        return [.. player._exchanges.Values];
    }

    private async Task TakeAsync(int number, Step step)
    {
        switch (step)
        {
            case Send send:
                Keep(number, Describe(send), await SendAsync(send));
                break;
            case Race race:
                var answers = await Task.WhenAll(race.Racers.Select(SendAsync));
                Keep(number, string.Join('\n', race.Racers.Select(Describe)), [.. answers.OrderBy(a => a.Status)]);
                break;
            case Watch watch:
                _watches.Add(await OpenAsync(number, watch));
                break;
            case Grant grant:
                await server.GrantAsync(grant.User, @namespace, grant.Verbs, cancellationToken);
                break;
            case ForgetHistory:
                await server.ForgetHistoryAsync(cancellationToken);
                break;
            default:
                throw new ArgumentException($"Unknown step {step}", nameof(step));
        }
    }

    private void Keep(int number, string request, params IReadOnlyList<Answer> answers)
    {
        _exchanges[number] = new(number, request, answers);
        _placeholders.Remember(number, answers[0]);
    }

    private async Task<Answer> SendAsync(Send send)
    {
        var client = await server.ClientAsync(send.User, @namespace, cancellationToken);
        using var request = Request(client, send.Method, send.Path, send.Accept);
        if (send.Body is { } body)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(_placeholders.Fill(body)));
            if (send.ContentType.Length > 0)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(send.ContentType);
        }

        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            return Answers.From(response, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException e)
        {
            return new(0, [], $"(no answer: {e.HttpRequestError})");
        }
    }

    private async Task<OpenWatch> OpenAsync(int number, Watch watch)
    {
        var client = await server.ClientAsync(watch.User, @namespace, cancellationToken);
        using var request = Request(client, "GET", watch.Path, watch.Accept);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new(number, $"GET {_placeholders.Fill(watch.Path)}", response, watch.Events);
    }

    private HttpRequestMessage Request(HttpClient client, string method, string path, string? accept)
    {
        // The path goes out as the case has it: with its dots, double slashes and escapes.
        var uri = new Uri(client.BaseAddress!.GetLeftPart(UriPartial.Authority) + _placeholders.Fill(path), AsItIs);
        var request = new HttpRequestMessage(new(method), uri);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }

    private string Describe(Send send)
    {
        var line = new StringBuilder($"{send.Method} {_placeholders.Fill(send.Path)}");
        if (send.User != Users.Administrator)
            line.Append($"\nas {send.User}");
        if (send.Accept != "application/json")
            line.Append($"\nAccept: {send.Accept}");
        if (send.Body is { } body)
            line.Append($"\nContent-Type: {send.ContentType}\n{_placeholders.Fill(body)}");
        return line.ToString();
    }
}
