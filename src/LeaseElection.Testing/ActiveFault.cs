namespace LeaseElection.Testing;

/// <summary>A fault that hits a request.</summary>
/// <param name="Fault">Which.</param>
/// <param name="Ended">Ends when its handle is disposed.</param>
internal sealed record ActiveFault(Fault Fault, Task Ended);
