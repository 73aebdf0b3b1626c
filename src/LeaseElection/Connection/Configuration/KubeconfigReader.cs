using System.Globalization;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using YamlDotNet.RepresentationModel;

namespace LeaseElection.Connection.Configuration;

/// <summary>
/// Reads a kubeconfig node by node. KubernetesClient's own reader makes its objects by reflection, which Native AOT does not support.
/// </summary>
internal static class KubeconfigReader
{
    public static K8SConfiguration Read(byte[] text)
    {
        using var stream = new StreamReader(new MemoryStream(text));
        var yaml = new YamlStream();
        yaml.Load(stream);
        if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is YamlScalarNode { Value: "" or null })
            return new();
        var root = Map(yaml.Documents[0].RootNode, "the file");
        return new()
        {
            ApiVersion = Text(root, "apiVersion"),
            Kind = Text(root, "kind"),
            CurrentContext = Text(root, "current-context"),
            Contexts = [.. Items(root, "contexts")
                .Select(static item => new Context { Name = Text(item, "name"), ContextDetails = Context(Child(item, "context")) })],
            Clusters = [.. Items(root, "clusters")
                .Select(static item => new Cluster { Name = Text(item, "name"), ClusterEndpoint = Cluster(Child(item, "cluster")) })],
            Users = [.. Items(root, "users")
                .Select(static item => new User { Name = Text(item, "name"), UserCredentials = User(Child(item, "user")) })],
        };
    }

    private static ContextDetails? Context(YamlMappingNode? from) =>
        from is null ? null : new() { Cluster = Text(from, "cluster"), User = Text(from, "user"), Namespace = Text(from, "namespace") };

    private static ClusterEndpoint? Cluster(YamlMappingNode? from) => from is null ? null : new()
    {
        Server = Text(from, "server"),
        TlsServerName = Text(from, "tls-server-name"),
        CertificateAuthority = Text(from, "certificate-authority"),
        CertificateAuthorityData = Text(from, "certificate-authority-data"),
        SkipTlsVerify = Flag(from, "insecure-skip-tls-verify"),
    };

    private static UserCredentials? User(YamlMappingNode? from) => from is null ? null : new()
    {
        ClientCertificate = Text(from, "client-certificate"),
        ClientCertificateData = Text(from, "client-certificate-data"),
        ClientKey = Text(from, "client-key"),
        ClientKeyData = Text(from, "client-key-data"),
        Token = Text(from, "token"),
        UserName = Text(from, "username"),
        Password = Text(from, "password"),
        Impersonate = Text(from, "as"),
        ImpersonateGroups = Texts(from, "as-groups") ?? [],
        ImpersonateUserExtra = Child(from, "as-user-extra")?.Children.ToDictionary(
            static e => Text(e.Key, "as-user-extra")!,
            static e => Text(e.Value, "as-user-extra")!) ?? [],
        AuthProvider = Child(from, "auth-provider") is { } provider ? Provider(provider) : null,
        ExternalExecution = Child(from, "exec") is { } program ? Program(program) : null,
    };

    private static AuthProvider Provider(YamlMappingNode from) => new()
    {
        Name = Text(from, "name"),
        Config = Child(from, "config")?.Children.ToDictionary(static e => Text(e.Key, "config")!, static e => Text(e.Value, "config")!),
    };

    private static ExternalExecution Program(YamlMappingNode from) => new()
    {
        ApiVersion = Text(from, "apiVersion"),
        Command = Text(from, "command"),
        Arguments = Texts(from, "args"),
        EnvironmentVariables = [.. Items(from, "env")
            .Select(static e => new Dictionary<string, string> { ["name"] = Text(e, "name")!, ["value"] = Text(e, "value")! })],
        InstallHint = Text(from, "installHint"),
        ProvideClusterInfo = Flag(from, "provideClusterInfo"),
    };

    private static YamlNode? Node(YamlMappingNode parent, string name) =>
        parent.Children.TryGetValue(new YamlScalarNode(name), out var found) && !IsNull(found) ? found : null;

    // What YAML takes for null: no value, or null written plainly.
    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };

    private static YamlMappingNode? Child(YamlMappingNode parent, string name) =>
        Node(parent, name) is { } found ? Map(found, $"'{name}'") : null;

    private static YamlMappingNode Map(YamlNode node, string what) => node as YamlMappingNode ?? throw Unexpected(node, what, "a mapping");

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode parent, string name) =>
        List(parent, name)?.Select(item => Map(item, $"an entry of '{name}'")) ?? [];

    private static YamlSequenceNode? List(YamlMappingNode parent, string name) =>
        Node(parent, name) is { } found ? found as YamlSequenceNode ?? throw Unexpected(found, $"'{name}'", "a list") : null;

    private static List<string>? Texts(YamlMappingNode parent, string name) =>
        List(parent, name)?.Select(item => Text(item, name)!).ToList();

    private static string? Text(YamlMappingNode parent, string name) => Node(parent, name) is { } found ? Text(found, name) : null;

    private static string? Text(YamlNode node, string name) =>
        node is YamlScalarNode scalar ? scalar.Value : throw Unexpected(node, $"'{name}'", "a text");

    private static bool Flag(YamlMappingNode parent, string name) => Text(parent, name) switch
    {
        null => false,
        { } text when bool.TryParse(text, out var flag) => flag,
        { } text => throw new KubeConfigException($"'{name}' is '{text}'; it must be true or false."),
    };

    private static KubeConfigException Unexpected(YamlNode node, string what, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{what} (line {node.Start.Line}) must be {expected}."));
}
