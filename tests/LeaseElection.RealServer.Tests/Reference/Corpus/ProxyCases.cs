using static LeaseElection.RealServer.Tests.Reference.Corpus.Kubeconfigs;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>
/// Proxies, of the cluster and of the environment. 0.0.0.0 is this machine, too, but no loopback address: it may go through a proxy or not.
/// </summary>
internal static class ProxyCases
{
    private const string Named = "server: https://api.reference.test:6443";
    private const string Here = "server: https://0.0.0.0:$port";
    private const string First = "http://127.0.0.1:$proxy";
    private const string Second = "http://127.0.0.1:$other";

    public static IEnumerable<CorpusCase> All =>
    [
        Cluster("proxy-url, http", Named, Trusted, $"proxy-url: {First}"),
        Cluster("proxy-url, https", Named, Trusted, "proxy-url: https://127.0.0.1:$proxy"),
        Cluster("proxy-url, https that is not trusted", Named, "certificate-authority-data: $wrong", "proxy-url: https://127.0.0.1:$proxy")
            .Naming("proxy"),
        Cluster("proxy-url, https, and tls-server-name",
            Named, Trusted, "tls-server-name: kubernetes.default", "proxy-url: https://localhost:$proxy"),
        Cluster("proxy-url, socks5", Named, Trusted, "proxy-url: socks5://127.0.0.1:$proxy"),
        Cluster("proxy-url, socks5h", Named, Trusted, "proxy-url: socks5h://127.0.0.1:$proxy").Naming("proxy-url"),
        Cluster("proxy-url, socks5 to an address", Trusted, "proxy-url: socks5://127.0.0.1:$proxy"),
        Cluster("proxy-url to loopback", Trusted, $"proxy-url: {First}"),
        Cluster("proxy-url with a user", Named, Trusted, "proxy-url: http://alice:secret@127.0.0.1:$proxy"),
        Cluster("proxy-url, socks5 with a user", Named, Trusted, "proxy-url: socks5://alice:secret@127.0.0.1:$proxy"),
        Cluster("proxy-url without a scheme", Named, Trusted, "proxy-url: 127.0.0.1:$proxy").Naming("proxy-url"),
        Cluster("proxy-url of another scheme", Named, Trusted, "proxy-url: ftp://127.0.0.1:$proxy").Naming("proxy-url"),
        Cluster("proxy-url empty", Trusted, "proxy-url: \"\""),
        Cluster("proxy-url wins over the environment", Named, Trusted, $"proxy-url: {First}").In("HTTPS_PROXY", Second),
        Cluster("proxy-url, and NO_PROXY", Named, Trusted, $"proxy-url: {First}").In("NO_PROXY", "*"),
        Cluster("HTTPS_PROXY", Named, Trusted).In("HTTPS_PROXY", First),
        Cluster("https_proxy", Named, Trusted).In("https_proxy", First),
        Cluster("HTTPS_PROXY and https_proxy", Named, Trusted).In("HTTPS_PROXY", First).In("https_proxy", Second),
        Cluster("HTTPS_PROXY without a scheme", Named, Trusted).In("HTTPS_PROXY", "127.0.0.1:$proxy"),
        Cluster("HTTPS_PROXY, socks5", Named, Trusted).In("HTTPS_PROXY", "socks5://127.0.0.1:$proxy"),
        Cluster("HTTPS_PROXY with a user", Named, Trusted).In("HTTPS_PROXY", "http://a%40b:c%3Ad@127.0.0.1:$proxy"),
        Cluster("HTTP_PROXY for https", Here, Trusted).In("HTTP_PROXY", First),
        Cluster("ALL_PROXY", Here, Trusted).In("ALL_PROXY", First),
        Cluster("HTTP_PROXY for http", "server: http://api.reference.test:8080").In("HTTP_PROXY", First),
        Cluster("HTTPS_PROXY for http", "server: http://0.0.0.0:$port").In("HTTPS_PROXY", First),
        Cluster("HTTPS_PROXY to loopback", Trusted).In("HTTPS_PROXY", First),
        Cluster("HTTPS_PROXY to localhost", "server: https://localhost:$port", Trusted).In("HTTPS_PROXY", First),
        NoProxy("an address", "0.0.0.0", Here),
        NoProxy("a network", "10.0.0.0/8,0.0.0.0/8", Here),
        NoProxy("another network", "10.0.0.0/8", Here),
        NoProxy("the loopback network", "127.0.0.0/8", Here),
        NoProxy("everything", "*", Here),
        NoProxy("everything among others", "a,*", Here),
        NoProxy("an address and its port", "0.0.0.0:$port", Here),
        NoProxy("an address and another port", "0.0.0.0:1", Here),
        NoProxy("blanks", "a , 0.0.0.0 , b", Here),
        NoProxy("an address, in lower case", "0.0.0.0", Here, "no_proxy"),
        NoProxy("a name", "api.reference.test"),
        NoProxy("a name in upper case", "API.Reference.TEST"),
        NoProxy("a domain", "test"),
        NoProxy("a domain with a dot", ".reference.test"),
        NoProxy("a domain with a star", "*.reference.test"),
        NoProxy("a domain that is the name, with a dot", ".api.reference.test"),
        NoProxy("the end of a word", "rence.test"),
        NoProxy("a name and its port", "api.reference.test:6443"),
        NoProxy("a name and another port", "api.reference.test:443"),
    ];

    private static CorpusCase NoProxy(string name, string value, string server = Named, string variable = "NO_PROXY") =>
        Cluster($"{variable} of {name}", server, Trusted).In("HTTPS_PROXY", First).In(variable, value).Naming("api.reference.test");
}
