namespace FailoverDemo.Story;

/// <summary>How a line is meant.</summary>
internal enum Tone
{
    /// <summary>In passing.</summary>
    Quiet,

    /// <summary>Somebody leads.</summary>
    Good,

    /// <summary>The demo does something to a replica.</summary>
    Act,

    /// <summary>A warning of the library.</summary>
    Warning,

    /// <summary>What must never happen.</summary>
    Bad,
}
