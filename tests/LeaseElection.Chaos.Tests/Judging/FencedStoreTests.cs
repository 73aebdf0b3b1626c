namespace LeaseElection.Chaos.Tests.Judging;

public sealed class FencedStoreTests
{
    private readonly FencedStore<string> _store = new();

    [Fact]
    public void Write_SmallerTokenThanSeen_IsRefused()
    {
        Assert.True(_store.Write("first", 1));
        Assert.True(_store.Write("second", 2));
        Assert.False(_store.Write("late", 1));
        Assert.True(_store.Write("again", 2));
        Assert.Equal(["late"], _store.Refused);
        Assert.Equal((3, 2), (_store.Accepted, _store.Largest));
    }

    [Fact]
    public void Write_NoToken_HasNothingToRefuseBy()
    {
        Assert.True(_store.Write("first", 2));
        Assert.True(_store.Write("second", null));
        Assert.Equal(2, _store.Largest);
    }
}
