using LeaseElection.Election;

namespace LeaseElection.Tests.Election;

/// <summary>What the machine itself costs on the path that is taken every few seconds, for as long as a service lives.</summary>
public sealed class AllocationTests
{
    private static readonly ElectionSettings Settings = World.Defaults("a");

    private readonly Effects _effects = new();
    private ElectionState _state = ElectionState.Initial;
    private TimeSpan _time = TimeSpan.FromHours(1);
    private long _version = 100;

    [Fact]
    public void Renewal_StepsOfTheMachine_AllocateNothing()
    {
        Step(new ElectionInput.Started());
        Step(new ElectionInput.ReadEnded(ReadResult.Absent));
        Step(Written());
        Assert.True(_state.Term.Active);
        Renew(50);

        Assert.Equal(0, Renew(100));
        Assert.True(_state.Term.Active);
        Assert.Equal(251, _version);
    }

    private long Renew(int times)
    {
        var allocated = 0L;
        var woken = new ElectionInput.Woken();
        for (var i = 0; i < times; i++)
        {
            _time += Settings.RenewInterval;
            allocated += Step(woken);
            allocated += Step(Written());
        }

        return allocated;
    }

    // The server's answer to the write that the last step asked for.
    private ElectionInput.WriteEnded Written()
    {
        foreach (var effect in _effects)
        {
            if (effect.Kind != EffectKind.Write)
                continue;
            var write = effect.Write;
            return new(effect.Number, WriteResult.Written, new() { Uid = write.Uid ?? "uid", Version = ++_version, Spec = write.Spec, Mark = write.Mark, Rest = write.Rest });
        }

        throw new InvalidOperationException("no write was asked for");
    }

    private long Step(ElectionInput input)
    {
        var now = new Moment(new(_time.Ticks), new(_time.Ticks), World.Epoch + _time, 42);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ElectionMachine.Step(ref _state, input, now, Settings, _effects);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
