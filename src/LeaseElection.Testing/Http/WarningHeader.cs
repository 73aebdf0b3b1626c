using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Http;

/// <summary>The Warning headers of an answer: as many as kube-apiserver writes, and no longer.</summary>
internal static class WarningHeader
{
    private const int Most = 4096;
    private const int MostOfALongList = 256;

    public static string[] Of(IReadOnlyCollection<string> warnings)
    {
        List<string> texts = [.. warnings.Distinct().Select(w => string.Concat(w.Where(c => !char.IsControl(c))))];
        var isLong = texts.Sum(t => t.Length) > Most;
        var left = Most;
        return
        [
            .. texts
                .Select(t => isLong && t.Length > MostOfALongList ? t[..MostOfALongList] : t)
                .TakeWhile(t => (left -= t.Length) >= 0)
                .Select(t => $"299 - {Go.Quote(t)}"),
        ];
    }
}
