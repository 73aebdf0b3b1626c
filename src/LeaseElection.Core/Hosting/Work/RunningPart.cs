namespace LeaseElection.Hosting.Work;

/// <summary>
/// A part of the leader's work that runs in one term. None of its tasks fails: what the part throws is reported separately.
/// </summary>
/// <param name="Started">Ends when the part has started, or failed to: the next part may start.</param>
/// <param name="Completion">Ends when the part has ended by itself, with or without an error.</param>
/// <param name="StopAsync">Stops the part as soon as it has started, and returns when nothing of it runs any more (S8).</param>
internal sealed record RunningPart(Task Started, Task Completion, Func<Task> StopAsync);
