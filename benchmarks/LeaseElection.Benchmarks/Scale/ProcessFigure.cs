using LeaseElection.Benchmarks.Measuring;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>What a process used in a window.</summary>
/// <param name="Cores">Processor, in cores.</param>
/// <param name="Resident">Memory at the window's end, in bytes.</param>
/// <param name="Connections">TCP connections to the API server at the window's end.</param>
internal sealed record ProcessFigure(double Cores, long Resident, int Connections)
{
    public static ProcessFigure Between(ProcessCost before, ProcessCost after, TimeSpan window) =>
        new((after.Processor - before.Processor) / window, after.Resident, after.Connections);
}
