using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LeaseElection.Connection.Proxies;

/// <summary>
/// IP addresses and ranges as Go writes them. .NET's own parser takes <c>10.1</c>, <c>0x7f.1</c> and <c>[::1]:80</c> for addresses, too.
/// </summary>
internal static class AddressText
{
    /// <summary>Version 4 inside version 6 is given as version 4.</summary>
    public static IPAddress? Parse(string text) =>
        IsPlain(text) && IPAddress.TryParse(text, out var address)
            ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
            : null;

    /// <summary>A range such as <c>10.0.0.0/8</c>. The address may be any of the range.</summary>
    public static IPNetwork? ParseRange(string text)
    {
        var at = text.IndexOf('/', StringComparison.Ordinal);
        if (at < 0 || Parse(text[..at]) is not { } address)
            return null;
        var longest = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        return int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= longest
            ? new(Masked(address, length), length)
            : null;
    }

    private static bool IsPlain(string text) =>
        text.Contains(':', StringComparison.Ordinal) ? text.AsSpan().IndexOfAny("[]%/") < 0
            : text.Split('.') is { Length: 4 } parts && parts.All(IsByte);

    private static bool IsByte(string part) =>
        byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _) && (part.Length == 1 || part[0] != '0');

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(length - (8 * i), 0, 8));
        return new(bytes);
    }
}
