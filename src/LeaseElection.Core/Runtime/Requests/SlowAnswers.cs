using System.Globalization;
using LeaseElection.Diagnostics;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Runtime.Requests;

/// <summary>
/// Says that answers are slow: once when the first is, once when one comes in time again. A server that is slow for an hour makes two
/// lines.
/// </summary>
internal sealed class SlowAnswers(ElectorContext context)
{
    private readonly ILogger _logger = context.Logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Spell> _spells = new(StringComparer.Ordinal);
    private volatile bool _any;

    /// <summary>A request has had no answer for a while, and is still waited for.</summary>
    public void Noticed(string verb, TimeSpan since)
    {
        bool began;
        lock (_gate)
        {
            var group = Verbs.GroupOf(verb);
            began = !_spells.TryGetValue(group, out var spell);
            _spells[group] = began ? new(since, since) : spell.With(since);
            _any = true;
        }

        context.Monitor?.Server.IsSlow(verb, $"'{verb}' has had no answer for {Seconds(since)}: still waiting");
        if (began)
            ElectionLog.Slow(_logger, context.Lease, verb, Seconds(since));
    }

    /// <summary>A request was answered after this time.</summary>
    public void Answered(string verb, TimeSpan took)
    {
        if (!_any)
            return;
        var group = Verbs.GroupOf(verb);
        Spell spell;
        bool over;
        lock (_gate)
        {
            if (!_spells.TryGetValue(group, out spell))
                return;
            spell = spell.With(took);
            over = took < spell.Noticed;
            if (over)
                _spells.Remove(group);
            else
                _spells[group] = spell;
            _any = _spells.Count > 0;
        }

        if (!over)
        {
            context.Monitor?.Server.IsSlow(verb, $"'{verb}' is slow: the last answer took {Seconds(took)}");
            return;
        }

        context.Monitor?.Server.IsNotSlow(verb);
        ElectionLog.NotSlow(_logger, context.Lease, verb, Seconds(spell.Longest));
    }

    /// <summary>Nobody needs the answer any more.</summary>
    public void Forget(string verb)
    {
        if (!_any)
            return;
        lock (_gate)
        {
            _spells.Remove(Verbs.GroupOf(verb));
            _any = _spells.Count > 0;
        }
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");

    // An answer that took as long as it takes to notice is slow; the spell remembers the longest.
    private readonly record struct Spell(TimeSpan Noticed, TimeSpan Longest)
    {
        public Spell With(TimeSpan took) => took > Longest ? this with { Longest = took } : this;
    }
}
