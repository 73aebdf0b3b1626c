using System.Net;
using k8s.Exceptions;

namespace LeaseElection.Connection.Proxies;

/// <summary>Reads the address of a proxy.</summary>
internal static class ProxyAddress
{
    private const string SchemeMark = "://";
    private const int SocksPort = 1080;

    /// <param name="text">What was written.</param>
    /// <param name="where">Where, for people: the beginning of a sentence.</param>
    /// <param name="mayLackScheme">Whether a host alone is a proxy that speaks http.</param>
    /// <exception cref="KubeConfigException">It is no address of a proxy. The message shows no password.</exception>
    public static ChosenProxy Parse(string text, string where, bool mayLackScheme)
    {
        var full = text.Contains(SchemeMark, StringComparison.Ordinal) || !mayLackScheme ? text : Uri.UriSchemeHttp + SchemeMark + text;
        if (!full.Contains(SchemeMark, StringComparison.Ordinal))
            throw Refused(text, where, "has no scheme");
        if (!Uri.TryCreate(full, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw Refused(text, where, "is no URL with a host");
        return SchemeOf(uri.Scheme) is { } scheme
            ? new(new UriBuilder(scheme, uri.IdnHost, PortOf(uri)).Uri, CallerOf(uri))
            : throw Refused(text, where, $"has the scheme '{uri.Scheme}'");
    }

    // A socks5 proxy gets the server's name in either case, as in Go.
    private static string? SchemeOf(string scheme) => scheme switch
    {
        "http" or "https" or "socks5" => scheme,
        "socks5h" => "socks5",
        _ => null,
    };

    private static int PortOf(Uri uri) => uri.Port > 0 ? uri.Port : SocksPort;

    private static NetworkCredential? CallerOf(Uri uri)
    {
        if (uri.UserInfo.Length == 0)
            return null;
        var parts = uri.UserInfo.Split(':', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static KubeConfigException Refused(string text, string where, string what) => new(
        $"{where} is '{WithoutPassword(text)}', which {what}. A proxy's address is http://, https:// or socks5://, a host, and a port: "
        + "write it as in 'http://proxy.example:3128', or remove it to connect directly.");

    private static string WithoutPassword(string text)
    {
        var end = text.LastIndexOf('@');
        var begin = text.IndexOf(SchemeMark, StringComparison.Ordinal) is >= 0 and var at ? at + SchemeMark.Length : 0;
        return end > begin ? text[..begin] + "…" + text[end..] : text;
    }
}
