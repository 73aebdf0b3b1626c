using System.Globalization;

namespace LeaseElection.Runtime;

/// <summary>
/// When the loop, its timer and its writes last showed life, so that the health check sees an election that cannot act.
/// Any thread may use the members.
/// </summary>
internal sealed class Vitals(TimeProvider time, TimeSpan renewDeadline)
{
    private const long Nothing = long.MinValue;

    private readonly TimeSpan _patience = renewDeadline * 0.5;

    private long _inputTaken;
    // Two writes are open at most; their numbers are seldom far apart.
    private readonly long[] _writesBegan = [Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing];
    private long _readBegan = Nothing;
    private long _timerDue = Nothing;

    /// <summary>An input was taken, or arrived where none was waiting.</summary>
    public void InputTaken() => Volatile.Write(ref _inputTaken, time.GetTimestamp());

    public void WriteBegan(long number) => Volatile.Write(ref _writesBegan[number % _writesBegan.Length], time.GetTimestamp());

    public void WriteEnded(long number) => Volatile.Write(ref _writesBegan[number % _writesBegan.Length], Nothing);

    public void ReadBegan() => Volatile.Write(ref _readBegan, time.GetTimestamp());

    public void ReadEnded() => Volatile.Write(ref _readBegan, Nothing);

    public void TimerArmed(TimeSpan dueIn) => Volatile.Write(
        ref _timerDue,
        dueIn == Timeout.InfiniteTimeSpan
            ? Nothing
            : time.GetTimestamp() + (long)(dueIn.TotalSeconds * time.TimestampFrequency));

    public void TimerFired() => Volatile.Write(ref _timerDue, Nothing);

    /// <summary>Says what is stuck; null when nothing is.</summary>
    /// <param name="inputsWait">Whether inputs wait, or one is being taken.</param>
    public string? CannotAct(bool inputsWait)
    {
        if (inputsWait && Since(Volatile.Read(ref _inputTaken)) is { } stuck && stuck > _patience)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the election has dealt with nothing for {stuck.TotalSeconds:0.0} s, though something waits");
        // A write is given up after RenewDeadline.
        if (LongestWrite is { } write && write > renewDeadline * 1.25)
            return string.Create(CultureInfo.InvariantCulture, $"a write has had no end for {write.TotalSeconds:0.0} s");
        // A read is tried a few times, and given up after 3/4 of RenewDeadline.
        if (Since(Volatile.Read(ref _readBegan)) is { } read && read > renewDeadline * 0.9)
            return string.Create(CultureInfo.InvariantCulture, $"a read has had no end for {read.TotalSeconds:0.0} s");
        if (Since(Volatile.Read(ref _timerDue)) is { } late && late > _patience)
            return string.Create(CultureInfo.InvariantCulture, $"the election's timer is {late.TotalSeconds:0.0} s late");
        return null;
    }

    private TimeSpan? LongestWrite => _writesBegan.Max(began => Since(began));

    private TimeSpan? Since(long timestamp) => timestamp == Nothing ? null : time.GetElapsedTime(timestamp);
}
