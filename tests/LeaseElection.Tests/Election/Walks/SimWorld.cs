using System.Text;
using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>True time and everything in it, in one order that its seed decides. The same seed is the same run.</summary>
internal sealed class SimWorld
{
    private readonly PriorityQueue<Action, (long At, long Number)> _events = new();
    private long _number;
    private int _names;

    public SimWorld(int seed)
    {
        Random = new(seed);
        Server = new();
        Network = new(this);
        Oracle = new(this);
    }

    public Random Random { get; }

    public LeaseServer Server { get; }

    public SimNetwork Network { get; }

    public SimOracle Oracle { get; }

    public List<SimCandidate> Candidates { get; } = [];

    public TimeSpan True { get; private set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets a value indicating whether things go wrong.</summary>
    public bool Faulty { get; set; } = true;

    public StringBuilder? Log { get; init; }

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public void After(double seconds, Action action) => _events.Enqueue(action, (True.Ticks + (long)(seconds * TimeSpan.TicksPerSecond), ++_number));

    public SimCandidate Join()
    {
        var candidate = new SimCandidate(this, SimSettings.Draw(Random, $"c{++_names}"), 0.9 + (Random.NextDouble() * 0.2));
        Candidates.Add(candidate);
        candidate.Post(new ElectionInput.Started());
        return candidate;
    }

    /// <summary>Runs until a moment, or until something is so.</summary>
    public bool Run(double seconds, Func<bool>? until = null)
    {
        var end = True + TimeSpan.FromSeconds(seconds);
        for (var steps = 0; until?.Invoke() != true; steps++)
        {
            if (steps > 500_000)
                throw new InvalidOperationException("the election runs in circles");
            if (!_events.TryPeek(out var action, out var key) || key.At > end.Ticks)
            {
                True = end;
                return until is null;
            }

            _events.Dequeue();
            True = TimeSpan.FromTicks(Math.Max(True.Ticks, key.At));
            action();
        }

        return true;
    }

    /// <summary>Work that ends by itself, some day.</summary>
    public void WorkBegins(SimCandidate candidate)
    {
        var term = candidate.Term;
        if (Faulty && Chance(0.15))
        {
            After(Random.NextDouble() * 20, () =>
            {
                if (Faulty)
                {
                    if (Chance(0.5))
                        candidate.FailWork(term);
                    else
                        candidate.EndWork(term);
                }
            });
        }
    }

    /// <summary>Work that was told to stop: at once, in time, too late, or never.</summary>
    public void WorkMustEnd(SimCandidate candidate)
    {
        var term = candidate.Term;
        var allowance = candidate.Settings.LossAllowance.TotalSeconds;
        var takes = !Faulty ? 0 : Random.Next(6) switch
        {
            0 or 1 => 0,
            2 => Random.NextDouble() * allowance,
            3 => Random.NextDouble() * allowance * 3,
            4 => Random.NextDouble() * candidate.Settings.LeaseDuration.TotalSeconds * 3,
            _ => 1e6,
        };
        After(takes, () => candidate.EndWork(term));
    }

    public void Say(SimCandidate candidate, ElectionInput input, Effects effects)
    {
        if (Log is null || (effects.Count == 0 && input is ElectionInput.Woken))
            return;
        Log.AppendLine(null, $"{True.TotalSeconds - 3600:F3} {candidate.Name} {candidate.Clock.Holder.Ticks / 1e7:F3}: {input}");
        foreach (var effect in effects)
        {
            Log.AppendLine(null, $"      {effect.Kind} {effect.Number} v{effect.Version} {effect.Reason}");
            if (effect.Kind == EffectKind.Write)
                Log.AppendLine(null, $"      {effect.Write}");
        }
    }
}
