using LeaseElection.Simulation.Servers;
using LeaseElection.Simulation.Time;

namespace LeaseElection.Simulation.Tests.Servers;

public sealed class LinkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Send_BeforeTheServerIsRestored_NeverArrives(bool restored)
    {
        var agenda = new Agenda();
        var outage = new Outage();
        var link = new Link(agenda, new(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), outage);
        var (arrived, broke) = (0, 0);
        link.Send(() => ++arrived, _ => { }, () => broke++);
        outage.Restores = restored ? 1 : 0;
        agenda.RunUntil(TimeSpan.FromSeconds(1));

        Assert.Equal(restored ? (0, 1) : (1, 0), (arrived, broke));
    }
}
