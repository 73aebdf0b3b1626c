namespace LeaseElection.Testing.Tests.Elections;

// The scenarios of LeaseElection.Conformance, on the embedded server.
public sealed class AcquireScenarios() : Conformance.Elections.AcquireScenarios(new EmbeddedElectionServer());

public sealed class WaitingScenarios() : Conformance.Elections.WaitingScenarios(new EmbeddedElectionServer());

public sealed class OddRecordScenarios() : Conformance.Elections.OddRecordScenarios(new EmbeddedElectionServer());

public sealed class HolderScenarios() : Conformance.Elections.HolderScenarios(new EmbeddedElectionServer());

public sealed class DeadlineScenarios() : Conformance.Elections.DeadlineScenarios(new EmbeddedElectionServer());

public sealed class LostReplyScenarios() : Conformance.Elections.LostReplyScenarios(new EmbeddedElectionServer());

public sealed class LeavingScenarios() : Conformance.Elections.LeavingScenarios(new EmbeddedElectionServer());

public sealed class DrainScenarios() : Conformance.Elections.DrainScenarios(new EmbeddedElectionServer());

public sealed class WorkScenarios() : Conformance.Elections.WorkScenarios(new EmbeddedElectionServer());

public sealed class RefusalScenarios() : Conformance.Elections.RefusalScenarios(new EmbeddedElectionServer());

public sealed class SilentConnectionScenarios() : Conformance.Elections.SilentConnectionScenarios(new EmbeddedElectionServer());

public sealed class OutageScenarios() : Conformance.Elections.OutageScenarios(new EmbeddedElectionServer());
