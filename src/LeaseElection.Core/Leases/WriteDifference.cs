using System.Globalization;

namespace LeaseElection.Leases;

/// <summary>The first field in which a server stored something else than we sent: most probably an admission webhook's doing.</summary>
/// <param name="Field">The field.</param>
/// <param name="Sent">What we sent.</param>
/// <param name="Kept">What the server answered that it stored.</param>
internal readonly record struct WriteDifference(string Field, string Sent, string Kept)
{
    private const string Nothing = "nothing";

    /// <summary>Compares an answer with what was sent. Fields that are not ours count for nothing.</summary>
    /// <returns>Null when the write was kept as sent.</returns>
    public static WriteDifference? Find(in LeaseSpec sent, string mark, in LeaseSnapshot kept)
    {
        var spec = kept.Spec;
        if (spec.HolderIdentity != sent.HolderIdentity)
            return new("spec.holderIdentity", Quoted(sent.HolderIdentity), Quoted(spec.HolderIdentity));
        if (spec.LeaseDurationSeconds != sent.LeaseDurationSeconds)
            return new("spec.leaseDurationSeconds", Number(sent.LeaseDurationSeconds), Number(spec.LeaseDurationSeconds));
        if (spec.LeaseTransitions != sent.LeaseTransitions)
            return new("spec.leaseTransitions", Number(sent.LeaseTransitions), Number(spec.LeaseTransitions));
        if (spec.AcquireTime != sent.AcquireTime)
            return new("spec.acquireTime", Time(sent.AcquireTime), Time(spec.AcquireTime));
        if (spec.RenewTime != sent.RenewTime)
            return new("spec.renewTime", Time(sent.RenewTime), Time(spec.RenewTime));
        return kept.Mark == mark ? null : new($"metadata.annotations[{TermMark.Annotation}]", Quoted(mark), Quoted(kept.Mark));
    }

    private static string Quoted(string? text) => text is null ? Nothing : $"'{text}'";

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? Nothing;

    private static string Time(LeaseTime? time) => time?.ToString() ?? Nothing;
}
