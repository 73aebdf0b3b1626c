using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LeaseElection.Tests.Connection.Http;

/// <summary>
/// HTTP/2 over TLS, frame by frame: what goes wrong below requests. Requests are not understood, except that a watch asks for
/// <c>watch=true</c>.
/// </summary>
internal sealed class FrameServer : IAsyncDisposable
{
    private const byte Data = 0, Headers = 1, Settings = 4, Ping = 6, Away = 7;
    private const byte EndStream = 1, Acknowledgement = 1, EndHeaders = 4;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly ConcurrentDictionary<int, Line> _open = new();
    private readonly X509Certificate2 _certificate = TestCertificates.Sign("server", loopback: true);
    private readonly Task _accepting;
    private int _connections;
    private int _pings;

    public FrameServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Gets how many were made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public int Pings => Volatile.Read(ref _pings);

    /// <summary>Gets which connection each request came by, in order.</summary>
    public ConcurrentQueue<int> Requests { get; } = new();

    /// <summary>Gets which connection each watch came by, in order.</summary>
    public ConcurrentQueue<int> Watches { get; } = new();

    /// <summary>Gets or sets the status and body of a request's answer, by its connection.</summary>
    public Func<int, (int Status, string Body)> Answer { get; set; } = static _ => (200, "{}");

    /// <summary>Gets or sets how late answers are.</summary>
    public TimeSpan Late { get; set; }

    /// <summary>Gets or sets how late everything else is, too: settings, and the answers to PINGs.</summary>
    public TimeSpan LateFrames { get; set; }

    /// <summary>Gets or sets a value indicating whether the headers of a watch are held back.</summary>
    public bool HoldsWatches { get; set; }

    /// <summary>Tells all clients to go. One that has no request on its way closes its connection even before all is sent.</summary>
    public Task GoAwayAsync(uint code) => Task.WhenAll(_open.Values.Select(line => LaterAsync(TimeSpan.Zero, () => line.SendAsync(
        Away, 0, 0, [0x7F, 0xFF, 0xFF, 0xFF, (byte)(code >> 24), (byte)(code >> 16), (byte)(code >> 8), (byte)code]))));

    /// <summary>Takes no new connections; those that are open go on.</summary>
    public void StopListening() => _listener.Stop();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        await Task.WhenAll(_serving);
        _stop.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _serving.Add(ServeAsync(client, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
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
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] },
                    _stop.Token);
                using var line = new Line(tls, _stop.Token);
                _open[number] = line;
                await TalkAsync(tls, line, number);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client left.
        }
        finally
        {
            _open.TryRemove(number, out _);
        }
    }

    private async Task TalkAsync(SslStream tls, Line line, int number)
    {
        await tls.ReadExactlyAsync(new byte[24], _stop.Token);
        await line.SendAsync(Settings, 0, 0, []);
        var head = new byte[9];
        var watches = false;
        while (true)
        {
            await tls.ReadExactlyAsync(head, _stop.Token);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await tls.ReadExactlyAsync(payload, _stop.Token);
            var (type, flags, stream) = (head[3], head[4], (head[5] << 24) | (head[6] << 16) | (head[7] << 8) | head[8]);
            if (type is Settings or Ping && (flags & Acknowledgement) == 0)
            {
                if (type is Ping)
                    Interlocked.Increment(ref _pings);
                _ = LaterAsync(LateFrames, () => line.SendAsync(type, Acknowledgement, 0, type is Ping ? payload : []));
            }

            if (type is Headers)
                watches = Encoding.ASCII.GetString(payload).Contains("watch=true", StringComparison.Ordinal);
            if (type is not (Headers or Data) || (flags & EndStream) == 0)
                continue;
            (watches ? Watches : Requests).Enqueue(number);
            if (watches && !HoldsWatches)
                _ = LaterAsync(Late + LateFrames, () => line.SendAsync(Headers, EndHeaders, stream, StatusOf(200)));
            else if (!watches)
                _ = LaterAsync(Late + LateFrames, () => AnswerAsync(line, number, stream));
        }
    }

    private async Task AnswerAsync(Line line, int number, int stream)
    {
        var (status, body) = Answer(number);
        await line.SendAsync(Headers, EndHeaders, stream, StatusOf(status));
        await line.SendAsync(Data, EndStream, stream, Encoding.UTF8.GetBytes(body));
    }

    // A literal whose name is the eighth of HPACK's static table.
    private static byte[] StatusOf(int status) => [0x08, 3, .. Encoding.ASCII.GetBytes($"{status}")];

    private async Task LaterAsync(TimeSpan by, Func<Task> send)
    {
        try
        {
            if (by > TimeSpan.Zero)
                await Task.Delay(by, TimeProvider.System, _stop.Token);
            await send();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client left meanwhile.
        }
    }

    /// <summary>One connection: whole frames only, whoever sends them.</summary>
    private sealed class Line(Stream tls, CancellationToken stop) : IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1);

        public async Task SendAsync(byte type, byte flags, int stream, byte[] payload)
        {
            var length = payload.Length;
            await _turn.WaitAsync(stop);
            try
            {
                await tls.WriteAsync(
                    (byte[])[(byte)(length >> 16), (byte)(length >> 8), (byte)length, type, flags, (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream, .. payload],
                    stop);
            }
            finally
            {
                _turn.Release();
            }
        }

        public void Dispose() => _turn.Dispose();
    }
}
