namespace LeaseElection.Connection.Kubeconfigs.Rules;

/// <summary>Reads a cluster's <c>server</c>. As in kubectl, a host and port without a scheme is plain HTTP.</summary>
internal static class ServerAddress
{
    private const string SchemeMark = "://";
    private const string Example = "Write the API server's URL, such as 'https://10.0.0.1:6443'.";

    /// <summary>The address, which ends in a slash.</summary>
    /// <param name="cluster">One without a <see cref="Fault"/>.</param>
    public static Uri Of(ClusterEntry cluster) => new(Parse(cluster.Server!)!.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");

    public static bool IsTls(ClusterEntry cluster) => Parse(cluster.Server ?? "")?.Scheme == Uri.UriSchemeHttps;

    /// <summary>What is wrong with it; null: nothing.</summary>
    public static string? Fault(ClusterEntry cluster)
    {
        if (string.IsNullOrEmpty(cluster.Server))
            return $"'server' is not set. {Example}";
        var shown = $"'server' is '{WithoutPassword(cluster.Server)}', which";
        if (cluster.Server.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)) || Parse(cluster.Server) is not { } uri)
            return $"{shown} is no URL. {Example}";
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            return $"{shown} is neither http nor https. {Example}";
        if (uri.UserInfo.Length > 0)
            return $"{shown} has a user's name. Write 'username' and 'password' in the user instead.";
        if (cluster.Server.Contains(SchemeMark, StringComparison.Ordinal))
            return null;
        if (uri.AbsolutePath.Length > 1)
            return $"{shown} has a path and no scheme. {Example}";
        return SaysTls(cluster) ? $"{shown} has no scheme, so that it is plain HTTP, and the rest is about TLS. {Example}" : null;
    }

    private static Uri? Parse(string server)
    {
        var full = server.Contains(SchemeMark, StringComparison.Ordinal) ? server : Uri.UriSchemeHttp + SchemeMark + server;
        return Uri.TryCreate(full, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri : null;
    }

    private static bool SaysTls(ClusterEntry cluster) =>
        cluster.SkipTlsVerify
        || !string.IsNullOrEmpty(cluster.Authority)
        || !string.IsNullOrEmpty(cluster.AuthorityData)
        || !string.IsNullOrEmpty(cluster.TlsServerName);

    private static string WithoutPassword(string server)
    {
        var begin = server.IndexOf(SchemeMark, StringComparison.Ordinal) is >= 0 and var at ? at + SchemeMark.Length : 0;
        var end = server.LastIndexOf('@');
        return end > begin ? server[..begin] + "…" + server[end..] : server;
    }
}
