namespace LeaseElection.Simulation.Shell.Oracles;

/// <summary>Something that must not happen, and did.</summary>
internal sealed record ShellViolation(ShellRule Rule, TimeSpan At, string Text);
