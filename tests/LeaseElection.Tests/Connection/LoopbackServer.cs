using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LeaseElection.Tests.Connection;

/// <summary>
/// The least that HTTP/2 over TLS needs: answers every request of a connection with the same JSON, or, once it is swallowed, reads
/// and acknowledges nothing any more while the TCP connection stays open, as where packets are dropped.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private const byte Data = 0, Headers = 1, Settings = 4, Ping = 6;
    private const byte EndStream = 1, Acknowledgement = 1, EndHeaders = 4;
    private const byte StatusOk = 0x88; // in the static table of HPACK

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly X509Certificate2 _certificate;
    private readonly byte[] _body;
    private readonly Task _accepting;
    private int _swallowed;

    public LoopbackServer(X509Certificate2 certificate, string body)
    {
        (_certificate, _body) = (certificate, Encoding.UTF8.GetBytes(body));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Connections { get; private set; }

    public int Requests { get; private set; }

    public X509Certificate? ClientCertificate { get; private set; }

    /// <summary>Swallows all connections that there are; new ones work.</summary>
    public void Swallow() => _swallowed = Connections;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await Task.WhenAll(_serving);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _serving.Add(ServeAsync(client, ++Connections));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Over.
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        try
        {
            using (client)
            {
                await using var tls = new SslStream(client.GetStream());
                var options = new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate,
                    ApplicationProtocols = [SslApplicationProtocol.Http2],
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = Accept,
                };
                await tls.AuthenticateAsServerAsync(options, _stop.Token);
                await TalkAsync(tls, number);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client left, or would not trust us.
        }
    }

    // Also no certificate at all: most tests have none.
    private bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        ClientCertificate = certificate;
        return errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateNotAvailable or SslPolicyErrors.RemoteCertificateChainErrors;
    }

    private async Task TalkAsync(SslStream tls, int number)
    {
        var preface = new byte[24];
        await tls.ReadExactlyAsync(preface, _stop.Token);
        await SendAsync(tls, Settings, 0, 0, []);
        var head = new byte[9];
        while (true)
        {
            await tls.ReadExactlyAsync(head, _stop.Token);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await tls.ReadExactlyAsync(payload, _stop.Token);
            var (type, flags, stream) = (head[3], head[4], (head[5] << 24) | (head[6] << 16) | (head[7] << 8) | head[8]);
            if (number <= _swallowed)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
            if (type is Settings or Ping && (flags & Acknowledgement) == 0)
                await SendAsync(tls, type, Acknowledgement, 0, type == Ping ? payload : []);
            if (type is Headers or Data && (flags & EndStream) != 0)
                await AnswerAsync(tls, stream);
        }
    }

    private async Task AnswerAsync(SslStream tls, int stream)
    {
        Requests++;
        await SendAsync(tls, Headers, EndHeaders, stream, [StatusOk]);
        await SendAsync(tls, Data, EndStream, stream, _body);
    }

    private async Task SendAsync(SslStream tls, byte type, byte flags, int stream, byte[] payload)
    {
        var length = payload.Length;
        await tls.WriteAsync(
            (byte[])[(byte)(length >> 16), (byte)(length >> 8), (byte)length, type, flags, (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream, .. payload],
            _stop.Token);
    }
}
