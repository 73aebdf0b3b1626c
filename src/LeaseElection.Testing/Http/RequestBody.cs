using LeaseElection.Testing.Api.Protocol;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Http;

/// <summary>Reads a request's body, up to what kube-apiserver takes.</summary>
internal static class RequestBody
{
    /// <exception cref="ApiException">Too large (413): nothing more of it is kept.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > WebServer.BodyLimit)
            throw new ApiException(ApiStatus.TooLarge(WebServer.BodyLimit));
        if (request.ContentLength == 0)
            return [];
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > WebServer.BodyLimit)
                throw new ApiException(ApiStatus.TooLarge(WebServer.BodyLimit));
            await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        return body.ToArray();
    }
}
