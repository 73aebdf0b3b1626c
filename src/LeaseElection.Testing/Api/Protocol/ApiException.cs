using System.Diagnostics.CodeAnalysis;

namespace LeaseElection.Testing.Api.Protocol;

/// <summary>A request ends with a Status other than success.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in this assembly only, and never without a status.")]
[SuppressMessage("Design", "CA1064", Justification = "Caught in this assembly, where it becomes the answer.")]
internal sealed class ApiException(ApiStatus status, TimeSpan? retryAfter = null) : Exception(status.Message)
{
    public ApiStatus Status => status;

    public TimeSpan? RetryAfter => retryAfter;
}
