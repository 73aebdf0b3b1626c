using System.Globalization;

namespace LeaseElection.Election;

/// <summary>
/// The mark: the annotation <c>leaseelection/term</c>, which says for how long a holder must be waited for even if somebody erased
/// it from the spec (S3). Alive while its transitions are the record's: another elector counts up when it acquires, and so kills it.
/// </summary>
/// <param name="Nonce">Random hex, fresh for every acquisition: tells the writes of two electors with one name apart.</param>
/// <param name="LeaseDurationSeconds">The lease duration that the marked term began with.</param>
/// <param name="LeaseTransitions">The record's transitions when the mark was made.</param>
internal readonly record struct TermMark(string Nonce, int LeaseDurationSeconds, int LeaseTransitions)
{
    /// <summary>The annotation's key.</summary>
    public const string Annotation = "leaseelection/term";

    /// <summary>What a release writes: present, and alive for nobody.</summary>
    public const string Emptied = "";

    public static TermMark? Parse(string? text)
    {
        var parts = text?.Split('/');
        return parts is [{ Length: > 0 } nonce, var duration, var transitions]
            && int.TryParse(duration, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            && int.TryParse(transitions, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
                ? new(nonce, seconds, count)
                : null;
    }

    public bool IsAliveIn(in LeaseSpec spec) => spec.LeaseTransitions is not { } count || count == LeaseTransitions;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Nonce}/{LeaseDurationSeconds}/{LeaseTransitions}");
}
