using LeaseElection.Connection.Kubeconfigs.Yaml;

namespace LeaseElection.Connection.Kubeconfigs.Reading;

internal static class ClusterReader
{
    private const string ExecExtension = "client.authentication.k8s.io/exec";

    public static ClusterEntry Read(Fields from, ClusterEntry entry, string folder) => entry with
    {
        Server = from.Text("server"),
        TlsServerName = from.Text("tls-server-name"),
        SkipTlsVerify = from.Flag("insecure-skip-tls-verify"),
        Authority = LocalPath.Of(from.Text("certificate-authority"), folder),
        AuthorityData = from.Text("certificate-authority-data"),
        ProxyUrl = from.Text("proxy-url"),
        DisableCompression = from.Flag("disable-compression"),
        ExecConfig = Extension(from) is { } config ? YamlJson.Write(config) : null,
    };

    private static YamlItem? Extension(Fields from) =>
        from.Children("extensions").FirstOrDefault(static e => e.Text("name") == ExecExtension)?.Find("extension");
}
