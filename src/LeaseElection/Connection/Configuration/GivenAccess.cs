using System.Runtime.CompilerServices;
using k8s;
using k8s.Exceptions;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Proxies;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Configuration;

/// <summary>What a KubernetesClientConfiguration says, as far as it can say it. The object is read, never changed.</summary>
internal static class GivenAccess
{
    public const string Application = "the KubernetesClientConfiguration given by the application";

    // Elections that were given the same object, with the same content, share a connection.
    private static readonly ConditionalWeakTable<KubernetesClientConfiguration, Known> Cache = [];

    /// <exception cref="KubeConfigException">The configuration cannot be used.</exception>
    public static ServerAccess Of(
        KubernetesClientConfiguration configuration, string source = Application, AccessKind kind = AccessKind.Given)
    {
        var content = Content.Of(configuration);
        lock (Cache)
        {
            if (Cache.TryGetValue(configuration, out var known) && known.Content == content)
                return known.Access;
            var access = Make(configuration, source, kind);
            Cache.AddOrUpdate(configuration, new(content, access));
            return access;
        }
    }

    private static ServerAccess Make(KubernetesClientConfiguration from, string source, AccessKind kind)
    {
        var certificate = ClientCertificate.Load(from);
        var server = AddressOf(from, source);
        return new()
        {
            Server = server,
            Source = source,
            Kind = kind,
            Namespace = string.IsNullOrWhiteSpace(from.Namespace) ? null : from.Namespace.Trim(),
            TlsServerName = string.IsNullOrWhiteSpace(from.TlsServerName) ? null : from.TlsServerName.Trim(),
            SkipVerify = from.SkipTlsVerify,
            Authorities = from.SslCaCerts is { Count: > 0 } authorities ? new FixedAuthorities(new(authorities), source) : null,
            OpenCredentials = time => GivenCredentials.Open(from, certificate, SystemEnvironment.This, time),
            Proxy = ProxyFactory.Create(null, server, SystemEnvironment.This),
            UserAgent = string.IsNullOrWhiteSpace(from.UserAgent) ? null : from.UserAgent,
            DisableHttp2 = from.DisableHttp2,
            Setup = from.FirstMessageHandlerSetup,
        };
    }

    private static Uri AddressOf(KubernetesClientConfiguration configuration, string source)
    {
        if (string.IsNullOrWhiteSpace(configuration.Host))
            throw new KubeConfigException($"The Kubernetes configuration has no host ({source}): set the API server's URL.");
        if (!Uri.TryCreate(configuration.Host, UriKind.Absolute, out var host)
            || (host.Scheme != Uri.UriSchemeHttps && host.Scheme != Uri.UriSchemeHttp))
            throw new KubeConfigException($"The Kubernetes configuration's host '{configuration.Host}' is not an http or https URL.");
        return new(host.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
    }

    private sealed record Known(Content Content, ServerAccess Access);

    // The application may change its object between two elections: then it counts as another one.
    private sealed record Content(
        (string, string, bool, bool, string) Server, (string, string, string, object?) Caller,
        (string, string, string, string) Certificate, (object?, object?) Handling, string Namespace)
    {
        public static Content Of(KubernetesClientConfiguration from) => new(
            (from.Host, from.TlsServerName, from.SkipTlsVerify, from.DisableHttp2, from.UserAgent),
            (from.AccessToken, from.Username, from.Password, from.TokenProvider),
            (from.ClientCertificateData, from.ClientCertificateKeyData, from.ClientCertificateFilePath, from.ClientKeyFilePath),
            (from.SslCaCerts, from.FirstMessageHandlerSetup), from.Namespace);
    }
}
