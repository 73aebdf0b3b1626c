namespace SingletonWorker;

/// <summary>What is reported; other tools read these names, so they do not change.</summary>
internal enum ReportEvent
{
    /// <summary>The replica takes part.</summary>
    Started,

    /// <summary>A new leader was seen, or that there is none.</summary>
    Leader,

    /// <summary>Our term began.</summary>
    Leading,

    /// <summary>The worker worked, while its term was active.</summary>
    Working,

    /// <summary>Our work has stopped.</summary>
    Ended,

    /// <summary>The replica has left.</summary>
    Stopped,
}
