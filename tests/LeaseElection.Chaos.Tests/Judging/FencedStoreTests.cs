using LeaseElection.Chaos.Judging;

namespace LeaseElection.Chaos.Tests.Judging;

public sealed class FencedStoreTests
{
    [Fact]
    public void Write_SmallerTokenThanSeen_IsRefused()
    {
        var store = new FencedStore();
        var late = Lines.Working(3, 1);

        Assert.True(store.Write(Lines.Working(1, 1)));
        Assert.True(store.Write(Lines.Working(2, 2)));
        Assert.False(store.Write(late));
        Assert.True(store.Write(Lines.Working(4, 2)));
        Assert.Equal([late], store.Refused);
        Assert.Equal(3, store.Accepted);
    }

    [Fact]
    public void Write_NoToken_HasNothingToRefuseBy()
    {
        var store = new FencedStore();

        Assert.True(store.Write(Lines.Working(1, 2)));
        Assert.True(store.Write(Lines.Working(2, null)));
    }
}
