using System.Runtime.CompilerServices;
using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;
using Microsoft.Extensions.DependencyInjection;

namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>Makes a host's parts for every term, with a record of each; a singleton of the host.</summary>
internal sealed class PartMaker(HostPlan plan, HostRecord host, Actor actor, WorldTime time, Chronicle chronicle)
{
    private readonly ConditionalWeakTable<LeadershipTerm, TermRecord> _terms = [];
    private readonly Lock _gate = new();

    public WorldTime Time => time;

    /// <summary>Gets or sets what is called when a term begins.</summary>
    public Action<LeadershipTerm>? TermSeen { get; set; }

    /// <summary>Gets or sets what is called with the token of a part.</summary>
    public Action<CancellationToken> TokenSeen { get; set; } = static _ => { };

    public TermRecord TermOf(LeadershipTerm term)
    {
        lock (_gate)
        {
            if (_terms.TryGetValue(term, out var known))
                return known;
            var token = TermView.EndedToken(term);
            var record = new TermRecord(
                host, host.Terms.Count, () => token.IsCancellationRequested,
                () => token.IsCancellationRequested ? term.EndReason?.ToString() : null)
            {
                BeganAt = time.Now,
                FencingToken = term.FencingToken,
            };
            _terms.Add(term, record);
            host.Terms = [.. host.Terms, record];
            TermSeen?.Invoke(term);
            return record;
        }
    }

    public PartBody Make(int index, LeadershipTerm term)
    {
        var part = plan.Parts[index];
        var isFunction = part.Kind is PartKind.Function or PartKind.FunctionOnAThread;
        var owner = TermOf(term);
        var record = new PartRecord(owner, $"part {index} ({part.Kind})", isFunction) { HasHooks = part.Kind is PartKind.BackgroundWithHooks or PartKind.TimerWithHooks };
        lock (_gate)
            owner.Parts = [.. owner.Parts, record];
        return new(part, record, actor, time, chronicle, TokenSeen);
    }

    /// <summary>A part that is a function.</summary>
    public Task RunAsync(int index, IServiceProvider services, LeadershipTerm term, CancellationToken token)
    {
        services.GetRequiredService<ScopedThing>().Use();
        var body = Make(index, term);
        TokenSeen(token);
        return body.Plan.Kind == PartKind.Function ? body.WorkAsync(token) : actor.OnAThread(body.Work, token);
    }
}
