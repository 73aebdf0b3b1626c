namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>One thing that a case does. Text may hold placeholders: see <see cref="Placeholders"/>.</summary>
internal abstract record Step;

/// <summary>A request with its answer.</summary>
internal sealed record Send(string Method, string Path, string? Body = null) : Step
{
    public string ContentType { get; init; } = "application/json";

    public string? Accept { get; init; } = "application/json";

    /// <summary>Gets who asks: <see cref="Users.Administrator"/> unless told.</summary>
    public string User { get; init; } = Users.Administrator;
}

/// <summary>A watch: opened here, read while the next steps run, until it told so many events; without a number until it ends.</summary>
internal sealed record Watch(string Path, int? Events) : Step
{
    public string? Accept { get; init; } = "application/json";

    public string User { get; init; } = Users.Administrator;
}

/// <summary>Requests that are sent at the same time; who wins is open, so the answers are sorted.</summary>
internal sealed record Race(params IReadOnlyList<Send> Racers) : Step;

/// <summary>The server forgets every version but the newest. Only in cases that are played alone.</summary>
internal sealed record ForgetHistory : Step;

/// <summary>Lets a user do exactly this with Leases in the case's namespace.</summary>
internal sealed record Grant(string User, params IReadOnlyList<string> Verbs) : Step;
