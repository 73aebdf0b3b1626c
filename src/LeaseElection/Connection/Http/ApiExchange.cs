using System.Net;
using LeaseElection.Connection.Credentials;
using LeaseElection.Diagnostics;

namespace LeaseElection.Connection.Http;

/// <summary>Sends one request and takes in its answer. Whatever happens is a value; the time limit is the connection's.</summary>
internal sealed class ApiExchange(ICredentialProvider credentials, ApiDialect dialect, TimeProvider time)
{
    /// <summary>Runs to the end. Leaves the transport, which the caller entered, unless a stream is handed on.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Transport transport, CancellationTokenSource ending)
    {
        var handedOn = false;
        try
        {
            using var request = dialect.Request(call);
            await AuthenticateAsync(request, ending.Token).ConfigureAwait(false);
            var response = await transport.SendAsync(request, ending.Token).ConfigureAwait(false);
            transport.Hear();
            if (call.Streams && response.StatusCode == HttpStatusCode.OK)
            {
                var body = await response.Content.ReadAsStreamAsync(ending.Token).ConfigureAwait(false);
                handedOn = true;
#pragma warning disable CA2000 // The caller's from here on.
                return new ApiAnswer.Streaming(new(response, body, transport, ending));
#pragma warning restore CA2000
            }

            using (response) return await TakeInAsync(response, transport, ending.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Everything: a handler, a token provider or a proxy may throw what it likes, and none of it may reach the elector.
            return new ApiAnswer.Silent(Describe(e));
        }
        finally
        {
            if (!handedOn)
                transport.Leave();
        }
    }

    private async Task<ApiAnswer> TakeInAsync(HttpResponseMessage response, Transport transport, CancellationToken cancellationToken)
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

    private async Task AuthenticateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credential = await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        if (credential.Authorization is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
    }

    private static string Describe(Exception exception)
    {
        var message = ForeignExceptions.MessageOf(exception);
        return exception.InnerException is { } inner
            && ForeignExceptions.MessageOf(inner) is var cause
            && !message.Contains(cause, StringComparison.Ordinal)
            ? $"{message} ({cause})"
            : message;
    }
}
