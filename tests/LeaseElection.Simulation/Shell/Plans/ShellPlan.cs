using System.Text;

namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>A whole world, as a value.</summary>
internal sealed record ShellPlan
{
    public required ulong Seed { get; init; }

    public required ShellSettings Settings { get; init; }

    public required IReadOnlyList<HostPlan> Hosts { get; init; }

    public required IReadOnlyList<ShellEvent> Events { get; init; }

    /// <summary>Gets when nothing goes wrong any more.</summary>
    public required TimeSpan CalmAt { get; init; }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"seed {Seed}: {Settings}");
        for (var i = 0; i < Hosts.Count; i++)
        {
            text.AppendLine($"  host {i}: from {Hosts[i].StartsAt.TotalSeconds:0.000} s, latency {Hosts[i].Latency.TotalMilliseconds:0.0} ms{(Hosts[i].StopsAfterCallbacks ? ", stops after callbacks" : "")}");
            foreach (var part in Hosts[i].Parts)
                text.AppendLine($"    part: {part}");
            foreach (var foreign in Hosts[i].Foreign)
                text.AppendLine($"    around it: {foreign}");
        }

        foreach (var what in Events)
            text.AppendLine($"  {what}");
        text.AppendLine($"  {CalmAt.TotalSeconds:0.000} s: calm");
        return text.ToString();
    }
}
