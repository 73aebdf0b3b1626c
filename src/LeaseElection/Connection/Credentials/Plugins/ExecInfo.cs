using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>What a plugin is told in its environment: an ExecCredential without a status.</summary>
internal static class ExecInfo
{
    public const string Variable = "KUBERNETES_EXEC_INFO";

    public const string Kind = "ExecCredential";

    // As client-go escapes: the text is JSON in an environment variable, never HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="PluginException">The cluster's authority cannot be read.</exception>
    public static string Of(PluginProgram program, ISystemEnvironment machine)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            json.WriteString("kind", Kind);
            json.WriteString("apiVersion", program.Exec.ApiVersion);
            json.WriteStartObject("spec");
            if (program.Cluster is { } cluster)
                WriteCluster(json, cluster, AuthorityOf(program, cluster, machine));
            json.WriteBoolean("interactive", false); // a service has nobody to ask
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void WriteCluster(Utf8JsonWriter json, ClusterEntry cluster, string? authority)
    {
        json.WriteStartObject("cluster");
        json.WriteString("server", cluster.Server ?? "");
        WriteUnlessEmpty(json, "tls-server-name", cluster.TlsServerName);
        if (cluster.SkipTlsVerify)
            json.WriteBoolean("insecure-skip-tls-verify", true);
        WriteUnlessEmpty(json, "certificate-authority-data", authority);
        WriteUnlessEmpty(json, "proxy-url", cluster.ProxyUrl);
        if (cluster.DisableCompression)
            json.WriteBoolean("disable-compression", true);
        json.WritePropertyName("config");
        json.WriteRawValue(cluster.ExecConfig ?? "null"); // Always there, as kubectl writes it.

        json.WriteEndObject();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }

    private static string? AuthorityOf(PluginProgram program, ClusterEntry cluster, ISystemEnvironment machine)
    {
        if (!string.IsNullOrEmpty(cluster.AuthorityData))
            return string.Concat(cluster.AuthorityData.Where(static c => !char.IsWhiteSpace(c)));
        if (string.IsNullOrEmpty(cluster.Authority))
            return null;
        try
        {
            return Convert.ToBase64String(machine.ReadFile(cluster.Authority));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PluginException(
                $"{program.Name} is to be told of the cluster '{cluster.Name}', whose certificate-authority '{cluster.Authority}' "
                + $"cannot be read ({e.Message}): make the file readable, or correct it in {cluster.File}.",
                e);
        }
    }
}
