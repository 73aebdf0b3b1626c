using System.Diagnostics.CodeAnalysis;

namespace LeaseElection.Announcing;

/// <summary>A request about a pod that failed.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Thrown in one place, with all that it says.")]
[SuppressMessage("Design", "CA1064", Justification = "PodLabeller catches it: no other code sees one.")]
internal sealed class PodRequestException(string verb, string why, bool IsRefused) : Exception(why)
{
    public string Verb => verb;

    /// <summary>Gets a value indicating whether the server refuses it until an administrator acts.</summary>
    public bool IsRefused { get; } = IsRefused;
}
