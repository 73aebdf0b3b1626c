namespace LeaseElection.Simulation.Playing;

/// <summary>
/// GitOps: applies a manifest of the Lease whenever it differs, with a duration, and perhaps with transitions. Holder and times are not in
/// it. It makes nobody wait for less, and finds a released Lease as it is.
/// </summary>
internal sealed class Reconciler(World world, double habit)
{
    private readonly Dice _dice = world.Dice.Fork(0x6170706C79 + (ulong)(habit * 1_000_000));
    private readonly int _seconds = (int)world.Plan.LongestLease.TotalSeconds;
    private bool _hasEnded;

    /// <summary>Begins.</summary>
    /// <returns>What ends it.</returns>
    public Action Start()
    {
        Apply();
        return () => _hasEnded = true;
    }

    private void Apply()
    {
        if (_hasEnded)
            return;
        if (world.Server.Lease is { Spec: { HasHolder: true } spec } && (spec.LeaseDurationSeconds ?? 0) <= _seconds)
        {
            var wanted = spec with { LeaseDurationSeconds = _seconds, LeaseTransitions = habit < 0.5 ? 0 : spec.LeaseTransitions };
            if (wanted != spec)
                world.Server.Edit("the reconciler", l => l with { Spec = wanted });
        }

        world.Agenda.After(world.Plan.LongestLease * _dice.Between(0.02, 0.7), Apply);
    }
}
