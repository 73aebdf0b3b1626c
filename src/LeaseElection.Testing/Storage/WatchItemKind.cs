namespace LeaseElection.Testing.Storage;

/// <summary>What a watch is told.</summary>
internal enum WatchItemKind
{
    /// <summary>Something changed.</summary>
    Event,

    /// <summary>Nothing happened up to the version; told to those who asked for bookmarks.</summary>
    Bookmark,

    /// <summary>What there was when the watch began was told, and whatever happened up to the version.</summary>
    InitialEventsEnd,

    /// <summary>Look at the faults again.</summary>
    Wake,

    /// <summary>The watch's time is over.</summary>
    TimedOut,
}
