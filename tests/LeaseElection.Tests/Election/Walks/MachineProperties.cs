using System.Text;
using CsCheck;
using LeaseElection.Election;
using Walked = (LeaseElection.Tests.Election.Walks.WalkAction Action, int Size);

namespace LeaseElection.Tests.Election.Walks;

/// <summary>No sequence of inputs makes one machine break S1 to S6.</summary>
public sealed class MachineProperties
{
    // What is common weighs more: otherwise hardly a walk would ever lead.
    private static readonly Gen<WalkAction> Actions = Gen.Frequency(
        (6, Gen.Const(WalkAction.Answer)),
        (5, Gen.Const(WalkAction.AnswerRead)),
        (6, Gen.Const(WalkAction.PassToTimer)),
        (3, Gen.Const(WalkAction.WatchAll)),
        (2, Gen.Const(WalkAction.TimeOut)),
        (2, Gen.Const(WalkAction.Pass)),
        (2, Gen.Const(WalkAction.EndWork)),
        (1, Gen.Const(WalkAction.CommitLate)),
        (16, Gen.Int[(int)WalkAction.Pass, (int)WalkAction.Delete].Select(i => i == (int)WalkAction.Stop ? WalkAction.Wake : (WalkAction)i)));

    private static readonly Gen<Walked[]> Plain = Gen.Select(Actions, Gen.Int[0, 9999]).Array[10, 100];

    private static readonly Gen<Walked> Rare =
        Gen.Select(
        Gen.Frequency((2, Gen.Const(WalkAction.Stop)), (1, Gen.Const(WalkAction.Revert)), (1, Gen.Const(WalkAction.Restore))), Gen.Int[0, 9999]);

    [Fact]
    public void Machine_AnyInputs_BreaksNoRule() =>
        Gen.Select(Plain, Rare, Plain).Sample(
            t => Run(Settings, t), iter: Effort.Walks, threads: 1, print: t => Trace(Settings, t));

    [Fact]
    public void Machine_WorkResignsOrStopsTheHost_BreaksNoRule() =>
        Gen.Select(Plain, Rare, Plain).Sample(
            t => Run(Leaving, t), iter: Effort.Walks / 4, threads: 1, print: t => Trace(Leaving, t));

    private static ElectionSettings Settings { get; } = World.Defaults("a") with { DrainTimeout = TimeSpan.FromSeconds(4) };

    private static ElectionSettings Leaving { get; } = Settings with
    {
        ReleaseOnStop = false,
        WhenWorkFails = WorkFailurePolicy.StopHost,
        WhenWorkCompletes = WorkCompletionPolicy.Resign,
    };

    private static void Run(ElectionSettings settings, (Walked[] Before, Walked Rare, Walked[] After) actions) =>
        Run(new Walk(settings), actions);

    private static void Run(Walk walk, (Walked[] Before, Walked Rare, Walked[] After) actions)
    {
        walk.Do(WalkAction.Start, 0);
        foreach (var (action, size) in actions.Before.Append(actions.Rare).Concat(actions.After))
            walk.Do(action, size);
    }

    // A failure is told as what really happened, not as what was drawn.
    private static string Trace(ElectionSettings settings, (Walked[] Before, Walked Rare, Walked[] After) actions)
    {
        var log = new StringBuilder();
        try
        {
            Run(new Walk(settings) { Log = log }, actions);
        }
        catch (InvalidOperationException e)
        {
            log.AppendLine(e.Message);
        }

        return log.Length > 4000 ? log.ToString(log.Length - 4000, 4000) : log.ToString(); // The end is what matters.
    }
}
