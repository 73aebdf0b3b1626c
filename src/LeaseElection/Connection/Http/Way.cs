namespace LeaseElection.Connection.Http;

/// <summary>Which transport a request takes.</summary>
internal enum Way
{
    /// <summary>The one that works best.</summary>
    Usual,

    /// <summary>The one of the trail's last request, even if it does not answer, as long as it is alive.</summary>
    Same,

    /// <summary>Another than that: one that works, if any is known; else a new one.</summary>
    Other,

    /// <summary>Another than that if one works or may be opened now; else the same.</summary>
    Beside,
}
