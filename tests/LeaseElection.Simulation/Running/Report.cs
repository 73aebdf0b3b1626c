using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Playing;

namespace LeaseElection.Simulation.Running;

/// <summary>Says what many worlds did.</summary>
internal static class Report
{
    public static void Write(Statistics all, TimeSpan took)
    {
        var years = all.VirtualTime.TotalDays / 365.25;
        Console.WriteLine(
            $"{all.Worlds:N0} worlds, {all.VirtualTime.TotalMinutes:N0} virtual minutes ({years:F2} years), in {took.TotalSeconds:F0} s");
        Console.WriteLine(
            $"  events {all.Acts:N0}; inputs of the machine {all.Inputs:N0}; writes sent {all.Writes:N0}; reads {all.Reads:N0}");
        Console.WriteLine($"  terms {all.Terms:N0}; graceful hand-overs judged {all.HandOvers:N0}; calms judged {all.Calms - all.CalmsUndecided:N0} of {all.Calms:N0}");
        Console.WriteLine($"  fenced store: accepted {all.FencedAccepted:N0}, refused {all.FencedRefused:N0}");
        Console.WriteLine($"  let pass: {all.Exempted:N0} times a Lease was deleted under a leader, and a newcomer had never seen it;");
        Console.WriteLine($"    {all.ByPeers:N0} times a modelled client-go had taken the Lease from under one of ours (beside one of ours it led {all.PeerOverlaps:N0} times)");
        Console.WriteLine("  faults: " + string.Join(", ", Enum.GetValues<FaultKind>().Select(kind => $"{kind} {all[kind]:N0}")));
    }
}
