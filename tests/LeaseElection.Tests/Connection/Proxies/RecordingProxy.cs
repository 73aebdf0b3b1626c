using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LeaseElection.Tests.Connection.Proxies;

/// <summary>
/// A proxy that records what it was asked for, and leads to one server whatever that was: names need not exist. It speaks http, https where it
/// has a certificate, or socks5.
/// </summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly LoopbackListener _listener;
    private readonly string _scheme;
    private readonly int _target;
    private readonly X509Certificate2? _certificate;

    public RecordingProxy(string scheme, int target, X509Certificate2? certificate = null)
    {
        (_scheme, _target, _certificate) = (scheme, target, certificate);
        _listener = new(ServeAsync);
    }

    public string Url => $"{_scheme}://127.0.0.1:{_listener.Port}";

    public string UrlFor(string caller) => $"{_scheme}://{caller}@127.0.0.1:{_listener.Port}";

    public int Connections => _listener.Connections;

    /// <summary>Gets the head of each CONNECT, or of each SOCKS request its kind of address, host, port, and who asked.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Gets the name that each TLS handshake asked for.</summary>
    public ConcurrentQueue<string> Names { get; } = [];

    /// <summary>Gets or sets what it answers instead of leading on: an HTTP status line, or a byte of SOCKS.</summary>
    public string? Refusal { get; set; }

    /// <summary>Gets or sets whom a socks5 proxy lets through; null: anybody.</summary>
    public string? Caller { get; set; }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_certificate is not null)
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(Options, null, cancellationToken);
            stream = tls;
        }

        await using (stream)
        {
            if (await (_scheme == "socks5" ? AnswerSocksAsync(stream, cancellationToken) : AnswerHttpAsync(stream, cancellationToken)))
                await RelayAsync(stream, cancellationToken);
        }
    }

    private ValueTask<SslServerAuthenticationOptions> Options(
        SslStream stream, SslClientHelloInfo hello, object? state, CancellationToken cancellationToken)
    {
        Names.Enqueue(hello.ServerName);
        return new(new SslServerAuthenticationOptions { ServerCertificate = _certificate });
    }

    private async Task<bool> AnswerHttpAsync(Stream stream, CancellationToken cancellationToken)
    {
        Asked.Enqueue(await RecordingServer.ReadHeadAsync(stream, cancellationToken));
        var answer = Refusal is null ? "HTTP/1.1 200 Connection established\r\n\r\n" : $"{Refusal}\r\nContent-Length: 0\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
        return Refusal is null;
    }

    private async Task<bool> AnswerSocksAsync(Stream stream, CancellationToken cancellationToken)
    {
        var greeting = await ReadAsync(stream, 2, cancellationToken);
        var methods = await ReadAsync(stream, greeting[1], cancellationToken);
        byte wanted = Caller is null ? (byte)0 : (byte)2;
        await stream.WriteAsync((byte[])[5, methods.Contains(wanted) ? wanted : (byte)0xFF], cancellationToken);
        if (!methods.Contains(wanted))
            return false;
        var caller = Caller is null ? "" : await AuthenticateAsync(stream, cancellationToken);
        if (Caller is not null && caller != Caller)
            return false;
        var request = await ReadAsync(stream, 4, cancellationToken);
        var host = request[3] switch
        {
            1 => "4 " + new IPAddress(await ReadAsync(stream, 4, cancellationToken)),
            4 => "6 " + new IPAddress(await ReadAsync(stream, 16, cancellationToken)),
            _ => "name " + await ReadTextAsync(stream, cancellationToken),
        };
        var port = await ReadAsync(stream, 2, cancellationToken);
        Asked.Enqueue($"{host} {(port[0] << 8) | port[1]} {caller}".TrimEnd());
        byte reply = Refusal is null ? (byte)0 : byte.Parse(Refusal, System.Globalization.CultureInfo.InvariantCulture);
        await stream.WriteAsync((byte[])[5, reply, 0, 3, 4, .. "here"u8, 0, 0], cancellationToken);
        return Refusal is null;
    }

    private async Task<string> AuthenticateAsync(Stream stream, CancellationToken cancellationToken)
    {
        await ReadAsync(stream, 1, cancellationToken);
        var caller = $"{await ReadTextAsync(stream, cancellationToken)}:{await ReadTextAsync(stream, cancellationToken)}";
        await stream.WriteAsync((byte[])[1, caller == Caller ? (byte)0 : (byte)1], cancellationToken);
        return caller;
    }

    private async Task RelayAsync(Stream client, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _target, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var server = socket.GetStream();
#pragma warning disable CA2025 // Both are waited for.
        var (to, from) = (client.CopyToAsync(server, ended.Token), server.CopyToAsync(client, ended.Token));
#pragma warning restore CA2025
        await Task.WhenAny(to, from);
        await ended.CancelAsync();
        await Task.WhenAll(to, from);
    }

    private static async Task<string> ReadTextAsync(Stream stream, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await ReadAsync(stream, (await ReadAsync(stream, 1, cancellationToken))[0], cancellationToken));

    private static async Task<byte[]> ReadAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
