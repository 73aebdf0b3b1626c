using System.Net;
using LeaseElection.Connection.Credentials;
using LeaseElection.Diagnostics;

namespace LeaseElection.Connection.Http;

/// <summary>Sends one request and takes in its answer. Whatever happens is a value; the time limit is the connection's.</summary>
internal sealed class ApiExchange(ICredentialProvider credentials, ApiDialect dialect, TransportPool transports, TimeProvider time)
{
    /// <summary>
    /// Runs to the end. An answer of 401 renews the credential once and repeats the request: also a write, because the server does nothing
    /// for a caller that it does not know, and the write's validity counts from before the first sending.
    /// </summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiProgress progress, CancellationTokenSource ending)
    {
        try
        {
            var credential = await credentials.GetAsync(ending.Token).ConfigureAwait(false);
            var answer = await SendAsync(call, credential, progress, ending).ConfigureAwait(false);
            return answer is ApiAnswer.Replied { Status: 401 } refused
                ? await RepeatAsync(call, refused, credential, progress, ending).ConfigureAwait(false)
                : answer;
        }
        catch (Exception e)
        {
            // Everything: a handler, a token provider or a proxy may throw what it likes, and none of it may reach the elector.
            return new ApiAnswer.Silent(Describe(e));
        }
    }

    private async Task<ApiAnswer> RepeatAsync(
        ApiCall call, ApiAnswer.Replied refused, Credential credential, ApiProgress progress, CancellationTokenSource ending)
    {
        Credential? renewed;
        try
        {
            renewed = await credentials.RenewAsync(credential, ending.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The 401 stands: of a write it is known that it did nothing.
            return refused with { Note = $"the credential cannot be renewed: {Describe(e)}" };
        }

        // "Another than the last" was found already.
        var again = call.Way == Way.Other ? call with { Way = Way.Same } : call;
        return renewed is null ? refused : await SendAsync(again, renewed, progress, ending).ConfigureAwait(false);
    }

    private async Task<ApiAnswer> SendAsync(ApiCall call, Credential credential, ApiProgress progress, CancellationTokenSource ending)
    {
#pragma warning disable CA2000 // Disposed of below, or by the stream.
        if (transports.Enter(call, credential.Certificate, ending) is not { } use)
            return new ApiAnswer.Silent("the connection is closed");
#pragma warning restore CA2000
        progress.Use = use;
        var handedOn = false;
        try
        {
            using var request = dialect.Request(call, credential);
            var response = await use.Transport.SendAsync(request, ending.Token).ConfigureAwait(false);
            use.Answered();
            if (call.Streams && response.StatusCode == HttpStatusCode.OK)
            {
                var body = await response.Content.ReadAsStreamAsync(ending.Token).ConfigureAwait(false);
                transports.Judge(use, weight: 0);
                handedOn = true;
#pragma warning disable CA2000 // The caller's from here on.
                return new ApiAnswer.Streaming(new(response, body, use, ending));
#pragma warning restore CA2000
            }

            using (response)
            {
                var answer = await TakeInAsync(response, use.Transport, ending.Token).ConfigureAwait(false);
                transports.Judge(use, BadAnswers.WeightOf(answer));
                return answer;
            }
        }
        catch (Exception e)
        {
            if (Refusals.Is(e))
                transports.Refused();
            return new ApiAnswer.Silent(Describe(e));
        }
        finally
        {
            if (!handedOn)
                use.Dispose();
        }
    }

    private async Task<ApiAnswer.Replied> TakeInAsync(
        HttpResponseMessage response, Transport transport, CancellationToken cancellationToken)
    {
        var (body, fault) = (ReadOnlyMemory<byte>.Empty, (string?)null);
        try
        {
            (body, fault) = await BoundedBody.ReadAsync(response.Content, transport, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The status is known all the same: a 409 stays one without its body.
            fault = Describe(e);
        }

        return new ApiAnswer.Replied((int)response.StatusCode, body, fault, RetryAfter.Of(response.Headers, time))
        {
            MediaType = response.Content.Headers.ContentType?.MediaType,
        };
    }

    private static string Describe(Exception exception)
    {
        var message = ForeignExceptions.MessageOf(exception);
        return exception is not CredentialException
            && exception.InnerException is { } inner
            && ForeignExceptions.MessageOf(inner) is var cause
            && !message.Contains(cause, StringComparison.Ordinal)
            ? $"{message} ({cause})"
            : message;
    }
}
