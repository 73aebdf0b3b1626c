using static LeaseElection.RealServer.Tests.Reference.Corpus.Kubeconfigs;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>Credential plugins: how they are run, and what becomes of what they say.</summary>
internal static class PluginCases
{
    private const string Mode = "interactiveMode: Never";

    public static IEnumerable<CorpusCase> All =>
    [
        Plugin("v1, token", "command: ./plugin", Mode),
        Plugin("v1, certificate", "command: ./plugin", Mode, Answer("certificate.json")),
        Plugin("v1, token and certificate", "command: ./plugin", Mode, Answer("both.json")),
        Beta("v1beta1, token", "command: ./plugin"),
        Beta("v1beta1 with an interactiveMode", "command: ./plugin", Mode),
        Beta("v1beta1, provideClusterInfo", "command: ./plugin", "provideClusterInfo: true"),
        Plugin("arguments", "command: ./plugin", Mode, "args: [\"--a=x y\", z, '--q=\"x\"', \"it's\", \"\", \"$HOME\", \"a\\nb\", \"ä\"]"),
        Plugin("environment", "command: ./plugin", Mode, "env: [{name: CORPUS_A, value: \"a b\"}, {name: CORPUS_B, value: \"\"}]"),
        Plugin("environment, named twice", "command: ./plugin", Mode, "env: [{name: CORPUS_A, value: a}, {name: CORPUS_A, value: b}]"),
        Plugin("environment without a value", "command: ./plugin", Mode, "env: [{name: CORPUS_A}]"),
        Plugin("command in a subfolder", "command: sub/plugin", Mode),
        Plugin("command, absolute", "command: $folder/plugin", Mode),
        Plugin("command from PATH", "command: sh", Mode, "args: [\"$folder/plugin\"]"),
        Plugin("command not beside the kubeconfig", "command: ./nowhere", Mode, "installHint: Install nowhere.").Naming("Install nowhere."),
        Plugin("command not in PATH", "command: nowhere-to-be-found", Mode, "installHint: Install it.").Naming("Install it."),
        Plugin("command missing", Mode).Naming("command"),
        Plugin("command is no program", "command: ./token", Mode).Naming("token"),
        Plugin("interactiveMode IfAvailable", "command: ./plugin", "interactiveMode: IfAvailable"),
        Plugin("interactiveMode Always", "command: ./plugin", "interactiveMode: Always").Naming("interactiveMode"),
        Plugin("interactiveMode missing in v1", "command: ./plugin").Naming("interactiveMode"),
        Plugin("interactiveMode unknown", "command: ./plugin", "interactiveMode: Sometimes").Naming("interactiveMode"),
        Plugin("provideClusterInfo", "command: ./plugin", Mode, "provideClusterInfo: true"),
        Of("provideClusterInfo of all that a cluster has", Lines(
            Server, "certificate-authority: ca.crt", "tls-server-name: kubernetes.default", "proxy-url: http://127.0.0.1:$proxy",
            "extensions:", "- name: client.authentication.k8s.io/exec", "  extension: {audience: a, more: [1, true, null]}"),
            "v1", "command: ./plugin", Mode, "provideClusterInfo: true"),
        Of("provideClusterInfo, insecure", Lines(Server, "insecure-skip-tls-verify: true"),
            "v1", "command: ./plugin", Mode, "provideClusterInfo: true"),
        Of("provideClusterInfo with a path", Lines("server: https://127.0.0.1:$port/k8s/c/", Trusted),
            "v1", "command: ./plugin", Mode, "provideClusterInfo: true"),
        Plugin("exit code", "command: ./plugin", Mode, Variables("CORPUS_EXIT", "3")).Naming("3"),
        Plugin("words on standard error", "command: ./plugin", Mode, Variables("CORPUS_WORDS", "please log in", "CORPUS_EXIT", "1"))
            .Naming("please log in"),
        Plugin("answer is no JSON", "command: ./plugin", Mode, Answer("no-json.json")).Naming("plugin"),
        Plugin("answer is empty", "command: ./plugin", Mode, Answer("empty")).Naming("plugin"),
        Plugin("answer has nothing", "command: ./plugin", Mode, Answer("nothing.json")).Naming("token"),
        Plugin("answer of another version", "command: ./plugin", Mode, Answer("token-v1beta1.json")).Naming("v1beta1"),
        Plugin("certificate without a key", "command: ./plugin", Mode, Answer("certificate-alone.json")).Naming("clientKeyData"),
        User("exec without an apiVersion", "exec: {command: ./plugin, interactiveMode: Never}").Naming("apiVersion"),
        Of("v1alpha1", null, "v1alpha1", "command: ./plugin", Mode).Naming("v1alpha1"),
        Plugin("token and exec", "command: ./plugin", Mode).Beside(Token),
        Plugin("tokenFile and exec", "command: ./plugin", Mode).Beside("tokenFile: token"),
        Plugin("basic and exec", "command: ./plugin", Mode).Beside("username: alice", "password: secret"),
        Plugin("certificate and exec", "command: ./plugin", Mode).Beside("client-certificate: alice.crt", "client-key: alice.key"),
        Plugin("auth-provider and exec", "command: ./plugin", Mode).Beside("auth-provider: {name: gcp}").Naming("auth-provider"),
        Plugin("as and exec", "command: ./plugin", Mode).Beside("as: bob", "as-groups: [a]"),
    ];

    private static CorpusCase Plugin(string name, params string[] lines) => Of(name, null, "v1", lines);

    private static CorpusCase Beta(string name, params string[] lines) =>
        Of(name, null, "v1beta1", [.. lines, Answer("token-v1beta1.json")]);

    private static CorpusCase Of(string name, string? cluster, string version, params string[] lines)
    {
        var all = lines.Prepend($"apiVersion: client.authentication.k8s.io/{version}").SelectMany(line => line.Split('\n'));
        return Case($"exec: {name}", cluster, Lines(all.Select(line => $"  {line}").Prepend("exec:")));
    }

    private static CorpusCase Beside(this CorpusCase @case, params string[] lines) => @case with
    {
        Kubeconfig = @case.Kubeconfig!.Replace(
            "    exec:\n", Lines([.. lines, "exec:"]).ReplaceLineEndings("\n    ").Insert(0, "    ") + "\n", StringComparison.Ordinal),
    };

    private static string Answer(string file) => Variables("CORPUS_ANSWER", file);

    private static string Variables(params string[] pairs) =>
        Lines(pairs.Chunk(2).Select(pair => $"- {{name: {pair[0]}, value: \"{pair[1]}\"}}").Prepend("env:"));
}
