namespace LeaseElection.Benchmarks.Scale;

/// <summary>What one number of elections of one kind cost while nothing happened.</summary>
/// <param name="Elections">How many.</param>
/// <param name="Server">On which API server.</param>
/// <param name="Who">Whose electors.</param>
/// <param name="Leader">Of the process that leads them all.</param>
/// <param name="Standby">Of the one that stands by in all; the floor has none.</param>
/// <param name="ServerCores">Processor of the API server, in cores.</param>
/// <param name="RequestsPerSecond">That the API server answered.</param>
/// <param name="Lost">Terms that ended.</param>
/// <param name="ReadySeconds">From the start of the process until it led them all.</param>
/// <param name="LiveBytes">Objects of the leading process that are left when all garbage has gone.</param>
internal sealed record ScaleFigure(
    int Elections, string Server, string Who, ProcessFigure Leader, ProcessFigure? Standby, double ServerCores, double RequestsPerSecond,
    long Lost, double ReadySeconds,
    long LiveBytes)
{
    public string Case => FormattableString.Invariant($"{Elections:#,0} elections, {Server}");

    public double BothCores => Leader.Cores + (Standby?.Cores ?? 0);
}
