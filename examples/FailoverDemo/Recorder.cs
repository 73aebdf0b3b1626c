using FailoverDemo.Story;

namespace FailoverDemo;

/// <summary>Gives the story its clock, and lets many threads tell it and wait for it.</summary>
internal sealed class Recorder(ClusterStory story, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _began = time.GetTimestamp();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets how long the demo runs.</summary>
    public TimeSpan Now => time.GetElapsedTime(_began);

    /// <summary>Tells what happens now.</summary>
    public void Tell(Func<TimeSpan, StoryEvent> told)
    {
        var now = Now; // When it was, not when its turn came.
        TaskCompletionSource news;
        lock (_gate)
        {
            story.Add(told(now));
            (news, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        news.SetResult();
    }

    /// <summary>What is to be shown now.</summary>
    public Scene Look(int steps)
    {
        lock (_gate)
            return story.At(Now, steps);
    }

    /// <summary>Waits for a term with a larger fencing token.</summary>
    public async Task<Term> LeaderAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (story.Leader is { } leader && leader.FencingToken > after)
                    return leader;
                news = _news.Task;
            }

            await news.WaitAsync(cancellationToken);
        }
    }
}
