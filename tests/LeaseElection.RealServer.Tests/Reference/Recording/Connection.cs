using System.Net.Security;
using System.Security.Authentication;
using System.Text;

namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>One connection of a client, from whatever listener: a handshake, proxies, and then requests.</summary>
internal sealed class Connection(Records records)
{
    private const string Server = "the server";

    /// <summary>Serves it as the API server: TLS or not, then requests until the client leaves.</summary>
    public async Task ServeAsync(Stream stream, byte first, Hop? hop, CancellationToken cancellationToken)
    {
        if (first != FirstByte.Tls)
        {
            await AnswerAsync(stream, security: null, hop, cancellationToken);
            return;
        }

        var (tls, security) = await SecureAsync(stream, Server, cancellationToken);
        await using (tls)
        {
            if (!await AnswerAsync(tls, security, hop, cancellationToken))
                records.Refused(Server);
        }
    }

    /// <summary>Serves it as a proxy that resolves every name to the API server.</summary>
    public async Task ForwardAsync(Stream stream, byte first, string proxy, CancellationToken cancellationToken)
    {
        switch (first)
        {
            case Socks5.Version:
                var (target, credentials) = await Socks5.GreetAsync(stream, cancellationToken);
                await TunnelAsync(stream, new(proxy, "socks5", target, credentials), cancellationToken);
                break;
            case FirstByte.Tls:
                var (tls, _) = await SecureAsync(stream, proxy, cancellationToken);
                await using (tls)
                    await ProxyAsync(tls, proxy, "https", cancellationToken);
                break;
            default:
                await ProxyAsync(stream, proxy, "http", cancellationToken);
                break;
        }
    }

    private async Task<(SslStream Tls, Security Security)> SecureAsync(Stream stream, string who, CancellationToken cancellationToken)
    {
        var (tls, name) = (new SslStream(stream), "");
        try
        {
            await tls.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    name = hello.ServerName;
                    return ValueTask.FromResult(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = TestCertificates.For(name),
                        ClientCertificateRequired = true, // asked for, that is: none will do as well
#pragma warning disable CA5359 // It records which one, and trusts nobody.
                        RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
                        ApplicationProtocols = [SslApplicationProtocol.Http11],
                    });
                },
                state: null,
                cancellationToken);
            return (tls, new(name, tls.RemoteCertificate?.Subject));
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            await tls.DisposeAsync();
            records.Refused(who);
            throw new IOException($"{who} was left in the handshake", e);
        }
    }

    // What follows a CONNECT is a tunnel; any other request is forwarded, and names its server itself.
    private async Task ProxyAsync(Stream stream, string proxy, string scheme, CancellationToken cancellationToken)
    {
        var asked = false;
        while (await HttpHead.ReadAsync(stream, cancellationToken) is { } head)
        {
            asked = true;
            var target = head.Method == "CONNECT" ? head.Target : null;
            var hop = new Hop(proxy, $"{scheme} {head.Method}", target, head.Header("Proxy-Authorization"));
            if (hop.Target is null)
            {
                await AnswerAsync(stream, head, new Uri(head.Target).AbsolutePath, security: null, hop, cancellationToken);
                continue;
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellationToken);
            await TunnelAsync(stream, hop, cancellationToken);
            return;
        }

        if (!asked)
            records.Refused(proxy);
    }

    // The tunnel's first byte is read here and put back: only sockets can be peeked at.
    private async Task TunnelAsync(Stream stream, Hop hop, CancellationToken cancellationToken)
    {
        records.Add(hop);
        var first = new byte[1];
        if (await stream.ReadAsync(first, cancellationToken) == 1)
            await ServeAsync(new PrefixedStream(first[0], stream), first[0], hop, cancellationToken);
    }

    // Whether anything was asked: in TLS 1.3 a client may end the handshake first, and look at the certificate then.
    private async Task<bool> AnswerAsync(Stream stream, Security? security, Hop? hop, CancellationToken cancellationToken)
    {
        var asked = false;
        while (await HttpHead.ReadAsync(stream, cancellationToken) is { } head)
        {
            asked = true;
            await AnswerAsync(stream, head, head.Target.Split('?')[0], security, hop, cancellationToken);
        }

        return asked;
    }

    private async Task AnswerAsync(
        Stream stream, HttpHead head, string path, Security? security, Hop? hop, CancellationToken cancellationToken)
    {
        records.Add(new Sighting(head, path, security, hop));
        var body = ApiAnswers.To(path);
        var status = body is null ? "404 Not Found" : "200 OK";
        var answer = $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {(body ?? "").Length}\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
    }
}
