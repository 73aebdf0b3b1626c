using System.Globalization;
using static LeaseElection.RealServer.Tests.Reference.Corpus.Kubeconfigs;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>One choice of each kind, by a seed: what goes well alone may not go well together.</summary>
internal static class Combinations
{
    private const ulong Seed = 20;
    private const int Count = 48;

    private static readonly string[] Servers =
        [Server, "server: https://localhost:$port", Server + "/k8s/c-1", "server: https://localhost:$port/a/"];

    private static readonly string[] Authorities =
    [
        Trusted, "certificate-authority: ca.crt", "certificate-authority: bundle.crt", "certificate-authority-data: $bundle",
        "insecure-skip-tls-verify: true",
    ];

    private static readonly string[] Names = ["", "", "tls-server-name: kubernetes.default"];

    private static readonly string[] Proxies =
        ["", "", "proxy-url: http://127.0.0.1:$proxy", "proxy-url: https://127.0.0.1:$proxy", "proxy-url: socks5://127.0.0.1:$proxy"];

    private static readonly string[] Users =
    [
        Token, "tokenFile: token", "tokenFile: ./token\ntoken: not-this", "username: alice\npassword: secret",
        "client-certificate: alice.crt\nclient-key: alice.key", "client-certificate-data: $cert\nclient-key-data: $key",
        Plugin("v1", "token.json"), Plugin("v1", "certificate.json"), Plugin("v1", "both.json"), Plugin("v1beta1", "token-v1beta1.json"),
        Token + "\nclient-certificate: alice.crt\nclient-key: alice.key",
    ];

    private static readonly string[] Impersonations =
        ["", "", "as: bob", "as: bob\nas-groups: [a, b]", "as: bob\nas-uid: u\nas-user-extra: {a: [b, c]}"];

    private static readonly string[] Contexts = ["", "namespace: jobs"];

    public static IEnumerable<CorpusCase> All
    {
        get
        {
            var dice = new SplitMix64(Seed);
            for (var i = 1; i <= Count; i++)
            {
                var cluster = Some(Pick(Servers), Pick(Authorities), Pick(Names), Pick(Proxies));
                var user = Some(Pick(Impersonations), Pick(Users));
                yield return Case(string.Create(CultureInfo.InvariantCulture, $"combination {i}"), cluster, user, Pick(Contexts));
            }

            string Pick(string[] choices) => choices[dice.Next() % (ulong)choices.Length];
        }
    }

    private static string Some(params IEnumerable<string> lines) => Lines(lines.Where(line => line.Length > 0));

    private static string Plugin(string version, string answer) => Lines(
        "exec:", $"  apiVersion: client.authentication.k8s.io/{version}", "  command: ./plugin", "  args: [\"a b\", c]",
        "  interactiveMode: IfAvailable", "  provideClusterInfo: true", $"  env: [{{name: CORPUS_ANSWER, value: {answer}}}]");
}
