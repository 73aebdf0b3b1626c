using BenchmarkDotNet.Attributes;
using LeaseElection.Election;
using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Leases;
using LeaseElection.Settings;

namespace LeaseElection.Benchmarks.Micro;

/// <summary>
/// The state machine on its most used path: a leader's timer wakes it, and the answer to the write comes. Two steps and nothing allocated.
/// </summary>
[MemoryDiagnoser]
public class MachineBenchmarks
{
    private const int StepsOfARenewal = 2;

    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ElectionInput.Woken Woken = new();

    private readonly ElectionSettings _settings = SettingsFactory.Create("benchmark", new());

    private readonly Effects _effects = new();
    private ElectionState _state = ElectionState.Initial;
    private TimeSpan _time;
    private long _version = 1;

    [GlobalSetup]
    public void Lead()
    {
        Step(new ElectionInput.Started());
        Step(new ElectionInput.ReadEnded(new ReadOutcome.Absent()));
        Step(Written());
    }

    /// <summary>The answer that the loop would bring is no part of the machine: an object for each write.</summary>
    [Benchmark(Baseline = true, Description = "the answer's object alone", OperationsPerInvoke = StepsOfARenewal)]
    public object Answer() => new ElectionInput.WriteEnded(1, new WriteOutcome.Written(default));

    [Benchmark(Description = "a step, with it", OperationsPerInvoke = StepsOfARenewal)]
    public bool Renew()
    {
        _time += _settings.RenewInterval;
        Step(Woken);
        Step(Written());
        return _state.Term.Active;
    }

    private ElectionInput.WriteEnded Written()
    {
        foreach (var effect in _effects)
        {
            if (effect.Kind != EffectKind.Write)
                continue;
            var write = effect.Write;
            return new(effect.Number, new WriteOutcome.Written(
                new() { Uid = write.Uid ?? "uid", Version = ++_version, Spec = write.Spec, Mark = write.Mark, Rest = write.Rest }));
        }

        throw new InvalidOperationException("no write was asked for: the machine does not lead any more");
    }

    private void Step(ElectionInput input) =>
        ElectionMachine.Step(ref _state, input, new(new(_time.Ticks), new(_time.Ticks), Epoch + _time, 42), _settings, _effects);
}
