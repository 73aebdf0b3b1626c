using static LeaseElection.RealServer.Tests.Reference.Corpus.Kubeconfigs;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>Where the server is, and whether it is the right one.</summary>
internal static class ClusterCases
{
    // A name that no resolver knows, reached through a proxy that does.
    private const string Proxy = "proxy-url: http://127.0.0.1:$proxy";
    private const string Data = "certificate-authority-data: ";
    private const string Insecure = "insecure-skip-tls-verify: true";

    public static IEnumerable<CorpusCase> All =>
    [
        Cluster("certificate-authority-data", Trusted),
        Cluster("certificate-authority, relative", "certificate-authority: ca.crt"),
        Cluster("certificate-authority, absolute", "certificate-authority: $folder/ca.crt"),
        Cluster("certificate-authority of several", "certificate-authority: bundle.crt"),
        Cluster("certificate-authority-data of several", "certificate-authority-data: $bundle"),
        Cluster("certificate-authority as data and as a file", "certificate-authority: ca.crt", Trusted).Naming("certificate-authority"),
        Cluster("certificate-authority missing", "certificate-authority: nowhere.crt").Naming("nowhere.crt"),
        Cluster("certificate-authority empty", "certificate-authority: empty").Naming("certificate")
            .Differing("kubectl takes the machine's authorities and fails in the handshake; we refuse a file without a certificate"),
        Cluster("certificate-authority is no certificate", "certificate-authority: token").Naming("certificate-authority"),
        Cluster("certificate-authority-data is no certificate", Data + "aGVsbG8=").Naming("certificate-authority-data"),
        Cluster("certificate-authority-data is not base64", Data + "\"*\"").Naming("certificate-authority-data"),
        Cluster("wrong authority", "certificate-authority-data: $wrong").Naming("certificate"),
        Cluster("no authority", []).Naming("certificate"),
        Cluster("insecure", Insecure),
        Cluster("insecure and an authority", Insecure, Trusted).Naming("insecure-skip-tls-verify"),
        Cluster("insecure as a text", "insecure-skip-tls-verify: \"true\"").Naming("insecure-skip-tls-verify"),
        Cluster("insecure: yes", "insecure-skip-tls-verify: yes").Naming("insecure-skip-tls-verify"),
        Cluster("tls-server-name", Trusted, "tls-server-name: kubernetes.default"),
        Cluster("tls-server-name, insecure", Insecure, "tls-server-name: elsewhere.test"),
        Cluster("tls-server-name of another", Trusted, "tls-server-name: elsewhere.test").Naming("elsewhere.test"),
        Cluster("certificate with a fitting CN alone", Trusted, "tls-server-name: cn-only.test").Naming("cn-only.test"),
        Cluster("certificate with a fitting CN, but another name", Trusted, "tls-server-name: other-name.test").Naming("other-name.test"),
        Cluster("certificate expired", Trusted, "tls-server-name: expired.test").Naming("expired"),
        Cluster("certificate not valid yet", Trusted, "tls-server-name: future.test").Naming("valid"),
        Cluster("certificate of a client", Trusted, "tls-server-name: client-only.test").Naming("usage"),
        Cluster("certificate by an intermediate that is sent", Trusted, "tls-server-name: chained.test"),
        Cluster("certificate by an intermediate that is not sent", Trusted, "tls-server-name: unchained.test").Naming("certificate"),
        Cluster("certificate by the trusted intermediate", "certificate-authority: intermediate.crt", "tls-server-name: unchained.test"),
        Cluster("certificate chain, the intermediate is trusted",
            "certificate-authority: intermediate.crt", "tls-server-name: chained.test"),
        Cluster("expired and insecure", Insecure, "tls-server-name: expired.test"),
        Cluster("server by name", "server: https://localhost:$port", Trusted),
        Cluster("server by name in upper case", "server: https://LOCALHOST:$port", Trusted)
            .Differing("names are the same in any case, and .NET writes those in a URL in lower case"),
        Cluster("server without a port", "server: https://api.reference.test", Trusted, Proxy),
        Cluster("server with the usual port", "server: https://api.reference.test:443", Trusted, Proxy),
        Cluster("server, IPv6", "server: https://[fd00::1]:6443", Trusted, Proxy),
        Cluster("server with a path", Server + "/k8s/clusters/c-1", Trusted),
        Cluster("server with a path and a slash", Server + "/k8s/", Trusted),
        Cluster("server with an escaped path", Server + "/a%2Fb/c", Trusted),
        Cluster("server with a slash", Server + "/", Trusted),
        Cluster("server without a scheme", "server: 127.0.0.1:$port", Trusted),
        Cluster("server without a scheme or trust", "server: 127.0.0.1:$port"),
        Cluster("server without a scheme, insecure", "server: 127.0.0.1:$port", Insecure),
        Cluster("server, http", "server: http://127.0.0.1:$port"),
        Cluster("server, http, with an authority", "server: http://127.0.0.1:$port", Trusted),
        Cluster("server, http, by proxy", "server: http://api.reference.test:8080", Proxy),
        Cluster("server, another scheme", "server: ftp://127.0.0.1:$port", Trusted).Naming("server"),
        Cluster("server with a query", Server + "/?a=b", Trusted).Naming("server"),
        Cluster("server with a user", "server: https://alice:secret@127.0.0.1:$port", Trusted),
        Cluster("server empty", "server: \"\"", Trusted).Naming("server"),
        Cluster("server missing", "server: null", Trusted).Naming("server"),
        Cluster("server is nonsense", "server: \"https://%zz\"", Trusted).Naming("server"),
        Case("namespace", context: "namespace: jobs"),
        Case("namespace empty", context: "namespace: \"\""),
        Case("namespace impossible", context: "namespace: \"a/b\"").Naming("namespace"),
        Cluster("disable-compression", Trusted, "disable-compression: true"),
    ];
}
