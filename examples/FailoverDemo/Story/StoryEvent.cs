using LeaseElection;
using Microsoft.Extensions.Logging;

namespace FailoverDemo.Story;

/// <summary>Something that happened at a replica, or was done to it.</summary>
/// <param name="At">When: since the demo began, on the monotonic clock.</param>
/// <param name="Replica">The replica's name.</param>
internal abstract record StoryEvent(TimeSpan At, string Replica);

/// <summary>The replica takes part.</summary>
internal sealed record Started(TimeSpan At, string Replica) : StoryEvent(At, Replica);

/// <summary>The replica has left; it comes back after <paramref name="Pause"/>, or not at all.</summary>
internal sealed record Stopped(TimeSpan At, string Replica, TimeSpan? Pause) : StoryEvent(At, Replica);

/// <summary>The replica's work has begun: it leads.</summary>
internal sealed record TermBegan(TimeSpan At, string Replica, long FencingToken) : StoryEvent(At, Replica);

/// <summary>The replica worked once.</summary>
internal sealed record Worked(TimeSpan At, string Replica) : StoryEvent(At, Replica);

/// <summary>The leader's last renewal: when it was sent. Told again and again, until there is a newer one.</summary>
internal sealed record Renewed(TimeSpan At, string Replica) : StoryEvent(At, Replica);

/// <summary>The replica's work has stopped.</summary>
internal sealed record TermEnded(TimeSpan At, string Replica, long FencingToken, TermEndReason? Reason) : StoryEvent(At, Replica);

/// <summary>What the demo will do to the replica that leads then.</summary>
internal sealed record Planned(TimeSpan At, Disruption What, TimeSpan Due) : StoryEvent(At, "");

/// <summary>The replica is asked to stop, as a pod is by SIGTERM.</summary>
internal sealed record StopAsked(TimeSpan At, string Replica) : StoryEvent(At, Replica);

/// <summary>From now on the API server answers the replica nothing more.</summary>
internal sealed record Frozen(TimeSpan At, string Replica) : StoryEvent(At, Replica);

/// <summary>The API server answers the replica again.</summary>
internal sealed record Thawed(TimeSpan At, string Replica) : StoryEvent(At, Replica);

/// <summary>The replica logged something.</summary>
internal sealed record Logged(TimeSpan At, string Replica, LogLevel Level, string Text) : StoryEvent(At, Replica);

/// <summary>Something worth a line that no replica did.</summary>
internal sealed record Noted(TimeSpan At, string Text) : StoryEvent(At, "");
