namespace LeaseElection.Connection.Http;

/// <summary>Remembers on which transport the last request of a kind travelled.</summary>
internal sealed class Trail
{
    private Transport? _last;

    public Transport? Last
    {
        get => Volatile.Read(ref _last);
        set => Volatile.Write(ref _last, value);
    }
}
