using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Plans;

namespace LeaseElection.Chaos.Tests.Plans;

public sealed class ScheduleTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Recovery = new Timings(Lease).Recovery;

    public static TheoryData<ulong> Seeds => [0, 1, 2, 3, 42, ulong.MaxValue];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_SameSeedAndLength_IsTheSame(ulong seed) =>
        Assert.Equal(Schedule.Create(seed, Hour, Lease), Schedule.Create(seed, Hour, Lease));

    [Fact]
    public void Create_AnotherSeed_IsAnother() => Assert.NotEqual(Schedule.Create(1, Hour, Lease), Schedule.Create(2, Hour, Lease));

    // Recorded once: a seed of an old report means the same tomorrow.
    [Fact]
    public void Create_SeedOne_IsAsItEverWas() => Assert.Equal(
        ["ResponsesHeld", "Forgotten", "LeaseDeleted"],
        Schedule.Create(1, Hour, Lease).Take(3).Select(fault => fault.Kind.ToString()));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_Longer_BeginsAlike(ulong seed)
    {
        var shorter = Schedule.Create(seed, TimeSpan.FromMinutes(5), Lease);

        Assert.NotEmpty(shorter);
        Assert.Equal(shorter, Schedule.Create(seed, Hour, Lease).Take(shorter.Count));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_AnHour_HasEveryKindAndBothKindsOfTarget(ulong seed)
    {
        var schedule = Schedule.Create(seed, Hour, Lease);

        Assert.Equal(Enum.GetValues<FaultKind>(), schedule.Select(f => f.Kind).Distinct().Order());
        Assert.Equal([null, 0, 1, 2, 3, 4], schedule.Select(f => f.Worker).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_Always_LeavesTimeToRecoverAtTheEnd(ulong seed) =>
        Assert.All(Schedule.Create(seed, Hour, Lease), fault => Assert.True(fault.End + Recovery <= Hour));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_LeaseDeleted_NothingElseIsWrongThen(ulong seed)
    {
        var schedule = Schedule.Create(seed, Hour, Lease);

        Assert.All(
            schedule.Where(f => f.Kind is FaultKind.LeaseDeleted),
            deleted => Assert.DoesNotContain(
                schedule, other => other != deleted && other.At < deleted.End + Recovery && other.End + Recovery > deleted.At));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_FreezesAndDelays_AreWithinWhatWasAsked(ulong seed)
    {
        var schedule = Schedule.Create(seed, Hour, Lease);

        Assert.All(schedule.Where(f => f.Kind is FaultKind.Freeze), f => Assert.InRange(f.Length, Lease * 0.1, Lease * 3));
        Assert.All(
            schedule.Where(f => f.Kind is FaultKind.Slow),
            f => Assert.True(f.Delay == Lease * 2 / 15 * 0.93 || f.Delay == Lease * 4.9 / 15));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_AnHour_HasCalmAfterBursts(ulong seed)
    {
        var faulty = Schedule.Create(seed, Hour, Lease).Select(f => (f.At, End: f.End + Recovery)).ToList();

        Assert.True(faulty.Zip(faulty.Skip(1)).Count(pair => pair.First.End < pair.Second.At) > 50);
    }
}
