namespace LeaseElection.Hosting;

/// <summary>A part of the leader's work that runs.</summary>
/// <param name="Completion">Ends when the part ends by itself; fails when it does.</param>
/// <param name="StopAsync">Stops it, and returns when nothing of it runs any more (S6).</param>
internal sealed record RunningWork(Task Completion, Func<Task> StopAsync);
