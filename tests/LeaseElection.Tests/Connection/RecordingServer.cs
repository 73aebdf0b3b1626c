using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LeaseElection.Tests.Connection;

/// <summary>
/// A TLS server that answers each request with an empty JSON object, over HTTP/2 where the client wants it, and records what it was asked for.
/// </summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private const byte Data = 0, Headers = 1, Settings = 4, Ping = 6;
    private const byte EndStream = 1, Acknowledgement = 1, EndHeaders = 4;
    private const byte StatusOk = 0x88; // in the static table of HPACK
    private const string Body = "{}";

    private readonly LoopbackListener _listener;
    private SslStreamCertificateContext _certificate;

    public RecordingServer(X509Certificate2 certificate, params X509Certificate2[] intermediates)
    {
        _certificate = SslStreamCertificateContext.Create(certificate, new(intermediates), offline: true);
        _listener = new(ServeAsync);
    }

    public int Port => _listener.Port;

    public Uri Url => new($"https://127.0.0.1:{Port}/");

    /// <summary>Gets the name that each TLS handshake asked for; empty where it asked for none.</summary>
    public ConcurrentQueue<string> Names { get; } = [];

    /// <summary>Gets the protocol of each TLS connection.</summary>
    public ConcurrentQueue<string> Protocols { get; } = [];

    /// <summary>Gets each request's headers, as they were on the wire: lines, or the frame of HTTP/2, which has texts in the clear.</summary>
    public ConcurrentQueue<string> Heads { get; } = [];

    public ConcurrentQueue<string?> ClientCertificates { get; } = [];

    /// <summary>Shows another certificate from the next handshake on.</summary>
    public void Swap(X509Certificate2 certificate) => _certificate = SslStreamCertificateContext.Create(certificate, null, offline: true);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(Options, null, cancellationToken);
        ClientCertificates.Enqueue(tls.RemoteCertificate?.Subject);
        Protocols.Enqueue(tls.NegotiatedApplicationProtocol.ToString());
        await (tls.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2
            ? TalkFramesAsync(tls, cancellationToken)
            : TalkLinesAsync(tls, cancellationToken));
    }

    private ValueTask<SslServerAuthenticationOptions> Options(
        SslStream stream, SslClientHelloInfo hello, object? state, CancellationToken cancellationToken)
    {
        Names.Enqueue(hello.ServerName);
        return new(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _certificate,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            ClientCertificateRequired = true,
#pragma warning disable CA5359 // Whoever the client is, its certificate is recorded.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        });
    }

    private async Task TalkLinesAsync(SslStream tls, CancellationToken cancellationToken)
    {
        while (true)
        {
            Heads.Enqueue(await ReadHeadAsync(tls, cancellationToken));
            await tls.WriteAsync(
                Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"), cancellationToken);
        }
    }

    /// <summary>Reads up to the empty line, byte by byte: not one byte more.</summary>
    public static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private async Task TalkFramesAsync(SslStream tls, CancellationToken cancellationToken)
    {
        await tls.ReadExactlyAsync(new byte[24], cancellationToken);
        await SendAsync(tls, Settings, 0, 0, [], cancellationToken);
        var head = new byte[9];
        while (true)
        {
            await tls.ReadExactlyAsync(head, cancellationToken);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await tls.ReadExactlyAsync(payload, cancellationToken);
            var (type, flags, stream) = (head[3], head[4], (head[5] << 24) | (head[6] << 16) | (head[7] << 8) | head[8]);
            if (type is Settings or Ping && (flags & Acknowledgement) == 0)
                await SendAsync(tls, type, Acknowledgement, 0, type == Ping ? payload : [], cancellationToken);
            if (type == Headers)
                Heads.Enqueue(Encoding.Latin1.GetString(payload));
            if (type is Headers or Data && (flags & EndStream) != 0)
            {
                await SendAsync(tls, Headers, EndHeaders, stream, [StatusOk], cancellationToken);
                await SendAsync(tls, Data, EndStream, stream, Encoding.ASCII.GetBytes(Body), cancellationToken);
            }
        }
    }

    private static async Task SendAsync(
        SslStream tls, byte type, byte flags, int stream, byte[] payload, CancellationToken cancellationToken)
    {
        var length = payload.Length;
        byte[] head =
        [
            (byte)(length >> 16), (byte)(length >> 8), (byte)length, type, flags,
            (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream,
        ];
        await tls.WriteAsync((byte[])[.. head, .. payload], cancellationToken);
    }
}
