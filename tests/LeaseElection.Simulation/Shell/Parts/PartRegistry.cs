using LeaseElection.Simulation.Shell.Plans;
using Microsoft.Extensions.DependencyInjection;

namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>Registers parts by the public methods alone.</summary>
internal static class PartRegistry
{
    public static void Add(LeaderElectionBuilder election, IReadOnlyList<PartPlan> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            _ = i switch
            {
                0 => Add<Slot0>(election, parts[i].Kind),
                1 => Add<Slot1>(election, parts[i].Kind),
                2 => Add<Slot2>(election, parts[i].Kind),
                _ => Add<Slot3>(election, parts[i].Kind),
            };
        }
    }

    private static LeaderElectionBuilder Add<TSlot>(LeaderElectionBuilder election, PartKind kind)
        where TSlot : ISlot => kind switch
        {
            PartKind.Background => election.AddLeaderService<BackgroundPart<TSlot>>(),
            PartKind.BackgroundWithHooks => election.AddLeaderService<HookedBackgroundPart<TSlot>>(),
            PartKind.Timer => election.AddLeaderService<TimerPart<TSlot>>(),
            PartKind.TimerWithHooks => election.AddLeaderService<HookedTimerPart<TSlot>>(),
            _ =>
                election.OnLeading(static (services, term, token) => services.GetRequiredService<PartMaker>().RunAsync(
                    TSlot.Index, services, term, token)),
        };
}
