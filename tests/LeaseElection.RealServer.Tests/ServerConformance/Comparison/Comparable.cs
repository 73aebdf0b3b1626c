namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>What is compared of a step's answer: one line for each header and each value in the body.</summary>
internal sealed record Comparable(int Step, string Request, IReadOnlyList<string> Lines);
