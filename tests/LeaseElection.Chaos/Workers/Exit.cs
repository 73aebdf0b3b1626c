namespace LeaseElection.Chaos.Workers;

/// <summary>A process that ended though nobody had ended it.</summary>
internal sealed record Exit(string Worker, long AtNs, int Code, string LastError);
