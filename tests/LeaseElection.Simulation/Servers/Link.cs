using LeaseElection.Simulation.Time;

namespace LeaseElection.Simulation.Servers;

/// <summary>The way between one process and the API server: it delays, drops, doubles and reorders, and the server may be down.</summary>
internal sealed class Link(Agenda agenda, Dice dice, TimeSpan fastest, TimeSpan slowest, Outage outage)
{
    /// <summary>Gets or sets how many faults lose requests now; and likewise replies.</summary>
    public int LosesRequests { get; set; }

    public int LosesReplies { get; set; }

    /// <summary>Gets or sets what is added to every reply's way: up to this.</summary>
    public TimeSpan SlowReplies { get; set; }

    /// <summary>Gets or sets what is added to every request's way: up to this. Longer than the client waits, it commits late.</summary>
    public TimeSpan SlowRequests { get; set; }

    /// <summary>Gets or sets the part of requests that something on the way sends twice.</summary>
    public double Doubles { get; set; }

    /// <summary>Gets or sets how many faults keep this connection silent, and no other of the same process.</summary>
    public int Dead { get; set; }

    /// <summary>Gets the connection whose faults befall the whole way, and so this one too; null: none.</summary>
    public Link? Whole { get; init; }

    public bool TellsNothing => LosesReplies > 0 || Dead > 0 || outage.IsDown;

    public bool HearsNothing => LosesRequests > 0 || Dead > 0 || outage.IsDown;

    private bool LosesThisRequest => LosesRequests > 0 || Dead > 0 || Whole is { LosesRequests: > 0 };

    private bool LosesThisReply => LosesReplies > 0 || Dead > 0 || Whole is { LosesReplies: > 0 };

    /// <summary>Sends a request: at the server, this is done (twice, perhaps); the reply, if one comes through, is told.</summary>
    /// <param name="atServer">What the server does.</param>
    /// <param name="told">What is done with its answer; of a doubled request, with both.</param>
    /// <param name="broken">What is done when the connection breaks: whether it was done before is unknown.</param>
    /// <typeparam name="T">The answer.</typeparam>
    public void Send<T>(Func<T> atServer, Action<T> told, Action broken)
    {
        var times = Doubles > 0 && dice.Chance(Doubles) ? 2 : 1;
        for (var i = 0; i < times; i++)
        {
            if (LosesThisRequest)
                continue;
            var late = i == 0 ? TimeSpan.Zero : dice.Between(TimeSpan.Zero, slowest * 20);
            var restores = outage.Restores;
            agenda.After(Hop(Max(SlowRequests, Whole?.SlowRequests)) + late, () => Arrive(restores, atServer, told, broken));
        }
    }

    /// <summary>How long something from the server is on its way.</summary>
    public TimeSpan HopBack() => Hop(Max(SlowReplies, Whole?.SlowReplies));

    private void Arrive<T>(int restores, Func<T> atServer, Action<T> told, Action broken)
    {
        if (outage.IsDown || outage.Restores != restores)
        {
            agenda.After(Hop(TimeSpan.Zero), broken);
            return;
        }

        // A server with trouble says 500: before the write, or after it.
        if (outage.Fails > 0 && dice.Chance(outage.Fails))
        {
            if (dice.Chance(0.5))
                atServer();
            agenda.After(HopBack(), broken);
            return;
        }

        // A slow server, or a webhook that is a black hole: what is asked is done late.
        if (outage.Slow > TimeSpan.Zero)
            agenda.After(dice.Between(outage.Slow * 0.8, outage.Slow), () => Answer(atServer, told));
        else
            Answer(atServer, told);
    }

    private void Answer<T>(Func<T> atServer, Action<T> told)
    {
        var answer = atServer();
        if (!LosesThisReply)
            agenda.After(HopBack(), () => told(answer));
    }

    private static TimeSpan Max(TimeSpan own, TimeSpan? whole) => whole is { } w && w > own ? w : own;

    private TimeSpan Hop(TimeSpan slow) =>
        dice.Between(fastest, slowest) + (slow > TimeSpan.Zero ? dice.Between(slow * 0.5, slow) : TimeSpan.Zero);
}
