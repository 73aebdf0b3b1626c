namespace LeaseElection.Leases;

/// <summary>A refusal that lasts until an administrator acts.</summary>
/// <param name="Kind">What to change.</param>
/// <param name="Verb">The Kubernetes verb that was refused: get, watch, create or update.</param>
/// <param name="StatusCode">The HTTP status code.</param>
/// <param name="Message">The server's own words.</param>
internal sealed record Rejection(RejectionKind Kind, string Verb, int StatusCode, string Message);
