using static LeaseElection.RealServer.Tests.Reference.Corpus.Kubeconfigs;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>The file itself, several files, and what they name.</summary>
internal static class FileCases
{
    private static readonly string Usual = Of();

    public static IEnumerable<CorpusCase> All =>
    [
        Text("JSON", Json),
        Text("byte order mark", "\uFEFF" + Usual),
        Text("CRLF", Usual.ReplaceLineEndings("\r\n")),
        Text("empty file", "").Naming("$folder/config"),
        Text("blanks alone", " \n\n").Naming("$folder/config"),
        Text("a comment alone", "# later\n").Naming("$folder/config"),
        NoText("a folder").With("config", text: null).Naming("$folder/config"),
        Text("null", "null\n").Naming("$folder/config"),
        Text("a text", "hello\n").Naming("$folder/config"),
        Text("a list", "- a\n").Naming("$folder/config"),
        Text("no YAML", "a: [b\n").Naming("$folder/config"),
        Text("tabs", Change("    server", "\tserver")).Naming("$folder/config"),
        Text("two documents", Usual + "---\nkind: Config\n"),
        Text("a directive and an end", "%YAML 1.1\n---\n" + Usual + "...\n"),
        Text("a key twice", Usual + "current-context: here\n").Naming("current-context"),
        Text("an unknown field", Usual + "colour: blue\n"),
        Text("a field in other case", Change("current-context:", "Current-Context:")).Naming("current-context"),
        Text("preferences and extensions", Usual + "preferences: {colors: true}\nextensions: [{name: e, extension: {a: 1}}]\n"),
        Text("kind of something else", Change("kind: Config", "kind: Secret")).Naming("kind"),
        Text("apiVersion of something else", Change("apiVersion: v1", "apiVersion: v2")).Naming("apiVersion"),
        Text("without kind and apiVersion", Change("apiVersion: v1\nkind: Config\n", "")),
        Text("an anchor and its alias", Change("token: a-token", "token: &t a-token\n    as: *t")),
        Text("a merge key", Merge),
        Text("contexts are a mapping", "current-context: here\ncontexts: {here: {cluster: there}}\n").Naming("contexts"),
        Text("no current-context", Change("current-context: here\n", "")).Naming("current-context"),
        Text("no current-context, one context named default", Default).Naming("current-context"),
        Text("current-context missing", Change("current-context: here", "current-context: gone")).Naming("gone"),
        Text("cluster missing", Change("cluster: there", "cluster: gone")).Naming("gone"),
        Text("user missing", Change("user: me", "user: gone")).Naming("gone").WithNobody(),
        Text("context without a cluster", Change("    cluster: there\n", "")).Naming("cluster"),
        Text("context without a user", Change("    user: me\n", "")).WithNobody(),
        Text("context null", Change("  context:\n    cluster: there\n    user: me\n", "  context: null\n")).Naming("here"),
        Text("cluster null", Change($"    {Server}\n    {Trusted}\n", "    null\n")).Naming("there"),
        Text("context without a name", Change("- name: here\n  context", "- context")).Naming("here"),
        Text("cluster without a name", Change("- name: there\n  cluster", "- cluster")).Naming("there"),
        Text("user without a name", Change("- name: me\n  user", "- user")).Naming("me").WithNobody(),
        Text("a broken cluster that nobody uses",
            Change("users:", "- name: broken\n  cluster: {server: \"https://%zz\", certificate-authority: gone.crt}\nusers:")),
        Text("a broken user that nobody uses", Usual + "- name: broken\n  user: {client-certificate: gone.crt, tokenFile: gone}\n"),
        Text("a name twice", Usual + "- name: me\n  user: {token: another}\n").Naming("me"),
        Text("names are numbers", Change("here", "1")).Naming("name"),
        NoText("home's").With("home/.kube/config", Usual) with { Variables = [] },
        NoText("KUBECONFIG empty").With("home/.kube/config", Usual).In("KUBECONFIG", ""),
        NoText("nothing at all").Naming("KUBECONFIG") with { Variables = [] },
        Files("two files, the parts in each", $"current-context: here\nusers: [{{name: me, user: {{tokenFile: ../token}}}}]\n", Usual),
        Files("two files, the first's context", Usual, Change("current-context: here", "current-context: gone")),
        Files("two files, relative to each", Of(Lines(Server, "certificate-authority: ../ca.crt"), "tokenFile: ../token"), Usual),
        Files("two files, the first is empty", "", Usual),
        Files("two files, one user in both: the first's whole", "users: [{name: me, user: {token: first}}]\n", Change(Token, "as: bob")),
        Files("two files, the second is broken", Usual, "a: [b\n").Naming("$folder/b/config"),
        Usually("two files, the first is missing", "$folder/gone:$folder/config"),
        Usually("two files, with empty entries", ":$folder/config::"),
        Usually("one file twice", "$folder/config:$folder/config"),
        Usually("two files, one is a folder", "$folder/config:$folder/home").Naming("$folder/home"),
        Usually("files that are missing", "$folder/gone:$folder/away").Naming("$folder/gone"),
    ];

    private static string Json =>
        """
        {
        	"kind":"Config","apiVersion":"v1","current-context":"a",
        	"contexts":[{"name":"a","context":{"cluster":"b","user":"c","namespace":"n"}}],
        	"clusters":[{"name":"b","cluster":{"server":"https://127.0.0.1:$port","certificate-authority-data":"$ca"}}],
        	"users":[{"name":"c","user":{"token":"a\u002dtoken"}}]
        }
        """;

    private static string Merge =>
        $$"""
        current-context: here
        contexts: [{name: here, context: {cluster: there, user: you} }]
        clusters:
        - name: there
          cluster:
            {{Server}}
            {{Trusted}}
        users:
        - name: me
          user: &me {token: a-token}
        - name: you
          user: {<<: *me, as: bob}

        """;

    private static string Default => Change("current-context: here\n", "").Replace("name: here", "name: default", StringComparison.Ordinal);

    private static string Change(string from, string to) => Usual.Replace(from, to, StringComparison.Ordinal);

    private static CorpusCase Text(string name, string kubeconfig) => new(name, kubeconfig);

    private static CorpusCase NoText(string name) => new(name, Kubeconfig: null);

    private static CorpusCase Files(string name, string first, string second) =>
        NoText(name).With("a/config", first).With("b/config", second).In("KUBECONFIG", "$folder/a/config:$folder/b/config");

    private static CorpusCase Usually(string name, string variable) => Text(name, Usual).In("KUBECONFIG", variable);
}
