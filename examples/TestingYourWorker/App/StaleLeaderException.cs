namespace TestingYourWorker.App;

/// <summary>Somebody who leads no more tried to book.</summary>
public sealed class StaleLeaderException(long token, long seen) : Exception($"Fencing token {token} is stale: {seen} was seen.");
