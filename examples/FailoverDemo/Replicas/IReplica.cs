namespace FailoverDemo.Replicas;

/// <summary>What can be done to a replica.</summary>
internal interface IReplica
{
    string Name { get; }

    /// <summary>Asks its host to stop, and returns. It starts anew a little later.</summary>
    void Stop();

    /// <summary>Cuts it off from the API server, which it does not notice but by the silence.</summary>
    void Freeze();

    void Thaw();
}
