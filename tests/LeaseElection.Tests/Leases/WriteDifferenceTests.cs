using LeaseElection.Leases;

namespace LeaseElection.Tests.Leases;

public sealed class WriteDifferenceTests
{
    private static readonly LeaseSpec Spec = new()
    {
        HolderIdentity = "a",
        LeaseDurationSeconds = 15,
        AcquireTime = new(1),
        RenewTime = new(2),
        LeaseTransitions = 3,
    };

    private static readonly LeaseSnapshot Kept = new() { Uid = "u", Version = 7, Spec = Spec, Mark = "ff/15/3" };

    [Fact]
    public void Find_KeptAsSent_IsNothing()
    {
        Assert.Null(WriteDifference.Find(Spec, "ff/15/3", Kept));
        Assert.Null(WriteDifference.Find(Spec, "ff/15/3", Kept with { Spec = Spec with { Extra = """{"strategy":"x"}""" }, Application = "b" }));
    }

    [Fact]
    public void Find_AnythingElse_NamesTheFieldAndBothValues()
    {
        Assert.Equal(new("spec.holderIdentity", "'a'", "nothing"), Find(Spec with { HolderIdentity = null }));
        Assert.Equal(new("spec.leaseDurationSeconds", "15", "60"), Find(Spec with { LeaseDurationSeconds = 60 }));
        Assert.Equal(new("spec.leaseTransitions", "3", "nothing"), Find(Spec with { LeaseTransitions = null }));
        Assert.Equal(new("spec.acquireTime", "1970-01-01T00:00:00.000001Z", "soon"), Find(Spec with { AcquireTime = LeaseTime.Read("soon") }));
        Assert.Equal(new("spec.renewTime", "1970-01-01T00:00:00.000002Z", "nothing"), Find(Spec with { RenewTime = null }));
        Assert.Equal(
            new("metadata.annotations[leaseelection/term]", "'ff/15/3'", "nothing"),
            WriteDifference.Find(Spec, "ff/15/3", Kept with { Mark = null })!.Value);
    }

    private static WriteDifference Find(LeaseSpec kept) => WriteDifference.Find(Spec, "ff/15/3", Kept with { Spec = kept })!.Value;
}
