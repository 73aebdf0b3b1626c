namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>One step's request as it was sent, and what came back: one answer, or those of a race.</summary>
internal sealed record Exchange(int Step, string Request, params IReadOnlyList<Answer> Answers);
