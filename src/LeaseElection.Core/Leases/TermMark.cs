using System.Globalization;

namespace LeaseElection.Leases;

/// <summary>
/// The mark: the annotation <c>leaseelection/term</c>, which says how long to wait for a holder even if another client erased it from the
/// spec (S3). It counts only while its transitions equal the record's: another elector counts up when it acquires, and so invalidates it.
/// </summary>
/// <param name="LeaseDurationSeconds">The lease duration that the marked term began with.</param>
/// <param name="LeaseTransitions">The record's transitions when the mark was made.</param>
internal readonly record struct TermMark(int LeaseDurationSeconds, int LeaseTransitions)
{
    /// <summary>The annotation's key.</summary>
    public const string Annotation = "leaseelection/term";

    /// <summary>What a release writes: the annotation is present, but marks no holder.</summary>
    public const string Emptied = "";

    /// <summary>A mark as text.</summary>
    /// <param name="nonce">
    /// Random, fresh for every acquisition, so that the writes of two electors with the same identity differ. It is never read back.
    /// </param>
    /// <param name="seconds">The lease duration that the term begins with.</param>
    /// <param name="transitions">The record's transitions.</param>
    public static string Compose(ulong nonce, int seconds, int transitions) =>
        string.Create(CultureInfo.InvariantCulture, $"{nonce:x16}/{seconds}/{transitions}");

    /// <summary>Reads a mark without allocating, because each renewal's echo carries one.</summary>
    public static TermMark? Parse(string? text)
    {
        var mark = text.AsSpan();
        Span<Range> parts = stackalloc Range[4];
        return mark.Split(parts, '/') == 3 && !mark[parts[0]].IsEmpty
            && int.TryParse(mark[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            && int.TryParse(mark[parts[2]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
                ? new(seconds, count)
                : null;
    }

    public bool IsAliveIn(in LeaseSpec spec) => spec.LeaseTransitions is not { } count || count == LeaseTransitions;
}
