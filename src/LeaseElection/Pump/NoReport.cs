namespace LeaseElection.Pump;

/// <summary>For work of which nobody wants to hear.</summary>
internal sealed class NoReport : IWorkReport
{
    public static NoReport Instance { get; } = new();

    public void Failed(Exception error)
    {
    }

    public void Completed()
    {
    }
}
