using LeaseElection.Chaos.Plans;

namespace LeaseElection.Chaos.Nemesis;

/// <summary>What was really done, by the clock of the workers' lines.</summary>
/// <param name="Planned">What should be done.</param>
/// <param name="Lane">To whom; null: the servers or the Lease.</param>
/// <param name="FromNs">When it began.</param>
/// <param name="ToNs">When all was put right.</param>
/// <param name="Outcome">Empty: as planned.</param>
/// <param name="WasDone">Whether it was done at all.</param>
internal sealed record FaultRecord(PlannedFault Planned, int? Lane, long FromNs, long ToNs, string Outcome, bool WasDone);
