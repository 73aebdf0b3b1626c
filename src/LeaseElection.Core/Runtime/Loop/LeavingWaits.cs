using LeaseElection.Election.Inputs;

namespace LeaseElection.Runtime.Loop;

/// <summary>Callers that wait until what they asked for has happened: this replica holds nothing, and none of its work runs.</summary>
internal sealed class LeavingWaits
{
    private readonly Lock _gate = new();
    private readonly List<Wait> _waits = [];
    private volatile bool _isOver;

    /// <summary>Adds a wait. Comes before the input is posted. From any thread.</summary>
    public Task Add(ElectionInput ask)
    {
        lock (_gate)
        {
            if (_isOver)
                return Task.CompletedTask;
            var wait = new Wait(ask);
            _waits.Add(wait);
            return wait.Task;
        }
    }

    /// <summary>On the loop, after each input.</summary>
    /// <param name="input">The input that was taken. Its caller waits from now on: the state before it does not count.</param>
    /// <param name="hasLeft">Whether nothing is held and no work runs.</param>
    public void Taken(ElectionInput input, bool hasLeft)
    {
        lock (_gate)
        {
            if (_waits.Count == 0)
                return;
            foreach (var wait in _waits)
                wait.IsAsked |= ReferenceEquals(wait.Ask, input);
            if (!hasLeft)
                return;
            foreach (var wait in _waits.Where(static w => w.IsAsked))
                wait.End();
            _waits.RemoveAll(static w => w.IsAsked);
        }
    }

    /// <summary>The run is over, and its work too.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            foreach (var wait in _waits)
                wait.End();
            _waits.Clear();
        }
    }

    private sealed class Wait(ElectionInput ask)
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ElectionInput Ask => ask;

        public bool IsAsked { get; set; }

        public Task Task => _end.Task;

        public void End() => _end.TrySetResult();
    }
}
