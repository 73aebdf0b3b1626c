namespace LeaseElection.RealServer.Tests.ServerConformance.Recorded;

/// <summary>One step in the file. Lines have lost their indentation; the request's are as <c>Player</c> describes it.</summary>
internal sealed record RecordedStep(
    string Method, string Path, IReadOnlyList<string> Request, int? Status, IReadOnlyList<string> Response);
