namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>A request as its sender saw it.</summary>
public sealed class SentRequest(string kind)
{
    private const int Unsent = -1;
    private volatile int _status;

    /// <summary>Gets GET, WATCH, POST or PUT.</summary>
    public string Kind { get; } = kind;

    public bool IsWrite => Kind is "POST" or "PUT";

    /// <summary>Gets when it was sent, or a moment later: never before the elector's own send time.</summary>
    public long SentAt { get; } = TimeProvider.System.GetTimestamp();

    /// <summary>Gets when its answer came.</summary>
    public long AnsweredAt { get; private set; }

    /// <summary>Gets the answer's status; 0 while there is none.</summary>
    public int Status => Math.Max(0, _status);

    public bool Succeeded => _status is >= 200 and <= 299;

    /// <summary>Gets a value indicating whether the server may have taken it, as far as its sender can know.</summary>
    public bool MayHaveTakenEffect => _status is not Unsent and not (>= 400 and <= 499);

    internal void Answer(int status)
    {
        AnsweredAt = TimeProvider.System.GetTimestamp();
        _status = status;
    }

    internal void Fail() => _status = Unsent;
}
