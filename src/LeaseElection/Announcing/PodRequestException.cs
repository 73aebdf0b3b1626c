using System.Diagnostics.CodeAnalysis;

namespace LeaseElection.Announcing;

/// <summary>A request about a pod that came to nothing.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Thrown in one place, with all that it says.")]
[SuppressMessage("Design", "CA1064", Justification = "PodLabeller catches it: nobody else sees one.")]
internal sealed class PodRequestException(string verb, string why, bool IsRefused) : Exception(why)
{
    public string Verb => verb;

    /// <summary>Gets a value indicating whether it will be refused until somebody changes something.</summary>
    public bool IsRefused { get; } = IsRefused;
}
