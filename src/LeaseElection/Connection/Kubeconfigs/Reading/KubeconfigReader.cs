using k8s.Exceptions;
using LeaseElection.Connection.Kubeconfigs.Yaml;

namespace LeaseElection.Connection.Kubeconfigs.Reading;

/// <summary>Reads one file: what kubectl takes is taken, what it refuses as the wrong type is refused. Reflection is not used.</summary>
internal static class KubeconfigReader
{
    /// <param name="content">What the file has.</param>
    /// <param name="path">Its path, absolute: relative paths in it are relative to its folder.</param>
    /// <exception cref="KubeConfigException">It is no kubeconfig; the message names line, field and fix, and not the file.</exception>
    public static KubeconfigFile Read(ReadOnlySpan<byte> content, string path)
    {
        var root = YamlReader.Read(YamlCharacters.Decode(content));
        if (root is null or YamlItem.Scalar { Kind: ScalarKind.Null })
            return new();
        var file = Fields.Of(root, "the file", owner: "");
        Require(file, "apiVersion", "v1");
        Require(file, "kind", "Config");
        var folder = Path.GetDirectoryName(path) ?? path;
        return new()
        {
            CurrentContext = file.Text("current-context"),
            Contexts = NamedEntries.Of(file, "contexts", "context", (fields, name, line) => new ContextEntry(path, name)
            {
                Line = line,
                Cluster = fields.Text("cluster"),
                User = fields.Text("user"),
                Namespace = fields.Text("namespace"),
            }),
            Clusters = NamedEntries.Of(
                file, "clusters", "cluster", (fields, name, line) => ClusterReader.Read(fields, new(path, name) { Line = line }, folder)),
            Users = NamedEntries.Of(
                file, "users", "user", (fields, name, line) => UserReader.Read(fields, new(path, name) { Line = line }, folder)),
        };
    }

    private static void Require(Fields file, string name, string value)
    {
        if (file.Text(name) is { Length: > 0 } other && other != value)
            throw new KubeConfigException($"'{name}' is '{other}'; it must be '{value}'. Correct it, or name a file that is a kubeconfig.");
    }
}
