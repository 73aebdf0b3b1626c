using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LeaseElection.Testing.Http.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Testing.Http;

/// <summary>Kestrel on one loopback port, which can go down and come up again there.</summary>
internal sealed class WebServer(LoopbackPort port, ServerCertificate? certificate, RequestDelegate handler) : IAsyncDisposable
{
    /// <summary>What kube-apiserver takes of a body.</summary>
    public const int BodyLimit = 3 * 1024 * 1024;

    // One start or stop at a time: two listeners on one port would share its connections.
    [SuppressMessage(
        "Usage",
        "CA2213",
        Justification = "Without a wait handle there is nothing to dispose of, and disposing twice has to be harmless.")]
    private readonly SemaphoreSlim _gate = new(1);
    private WebApplication? _app;
    private Socket? _listener;
    private bool _disposed;

    public ConnectionRegistry Connections { get; } = new();

    public bool IsUp => Volatile.Read(ref _app) is not null;

    /// <summary>Listens. Up already: nothing happens.</summary>
    /// <exception cref="ObjectDisposedException">Down for good.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(LeaseApiServer));
            if (!IsUp)
                Volatile.Write(ref _app, await BuildAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Nobody is waited for: open connections are reset. Down already: nothing happens.</summary>
    public async Task StopAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (Interlocked.Exchange(ref _app, null) is not { } app)
                return;
            EndListening();
            Connections.ResetAll();
            await app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
            await app.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _disposed, true);
        await StopAsync().ConfigureAwait(false);
    }

    // A process that is being started has all of our sockets until it runs its own program: what is merely closed here listens on there.
    private void EndListening()
    {
        try
        {
            if (!OperatingSystem.IsWindows()) // There nothing is inherited, and only what is connected can be shut down.
                _listener?.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // Not Linux either: closed it will be.
        }
    }

    private async Task<WebApplication> BuildAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>(); // Signals are the user's process's own business.
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        builder.WebHost.UseSockets(o => o.CreateBoundListenSocket = _ => _listener = port.BindListener());
        var app = builder.Build();
        try
        {
            app.Run(handler);
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return app;
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8; // Warnings quote what was sent.
        Configure(options.Limits);
        options.Listen(IPAddress.Loopback, port.Number, listen =>
        {
            listen.Use(next => connection => Connections.RunAsync(connection, next));
            listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (certificate is not null)
                listen.UseHttps(certificate.Certificate, tls => tls.HandshakeTimeout = Fault.LongestDelay);
        });
    }

    /// <summary>The server gives up no connection by itself: one that went silent stays open until its client closes it.</summary>
    internal static void Configure(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = null; // Ours is answered as kube-apiserver does.
        // Not without end: Kestrel adds that to the time, which overflows, and connections close at once.
        limits.KeepAliveTimeout = Fault.LongestDelay;
        limits.RequestHeadersTimeout = Fault.LongestDelay;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.Http2.MaxStreamsPerConnection = 250; // As kube-apiserver allows.
        limits.Http2.KeepAlivePingDelay = TimeSpan.MaxValue;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
