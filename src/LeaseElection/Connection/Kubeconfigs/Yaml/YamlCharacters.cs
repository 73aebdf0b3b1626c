using System.Globalization;
using System.Text;
using k8s.Exceptions;

namespace LeaseElection.Connection.Kubeconfigs.Yaml;

/// <summary>Makes text of a file's bytes: UTF-8, or UTF-16 with its mark.</summary>
internal static class YamlCharacters
{
    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <exception cref="KubeConfigException">They are no text.</exception>
    public static string Decode(ReadOnlySpan<byte> content)
    {
        var encoding = Encodings[0];
        foreach (var marked in Encodings)
        {
            if (!content.StartsWith(marked.Preamble))
                continue;
            encoding = marked;
            content = content[marked.Preamble.Length..];
            break;
        }

        try
        {
            return Checked(encoding.GetString(content));
        }
        catch (DecoderFallbackException e)
        {
            throw new KubeConfigException("it is not text in UTF-8. Save it as UTF-8.", e);
        }
    }

    private static string Checked(string text)
    {
        var line = 1;
        foreach (var c in text)
        {
            if (c == '\n')
                line++;
            else if (!IsAllowed(c))
                throw new KubeConfigException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {line} has the control character U+{(int)c:X4}, which YAML does not allow. Remove it."));
        }

        return text;
    }

    private static bool IsAllowed(char c) =>
        c is '\t' or '\r' or '\u0085' or (>= ' ' and <= '~') or (>= '\u00A0' and not ('\uFEFF' or '\uFFFE' or '\uFFFF'));
}
