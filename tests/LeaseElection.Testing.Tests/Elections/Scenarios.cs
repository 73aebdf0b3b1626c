using Common = LeaseElection.TestKit.Scenarios.Elections;

namespace LeaseElection.Testing.Tests.Elections;

// The scenarios of LeaseElection.TestKit, on the embedded server.
public sealed class AcquireScenarios() : Common.AcquireScenarios(new EmbeddedElectionServer());

public sealed class WaitingScenarios() : Common.WaitingScenarios(new EmbeddedElectionServer());

public sealed class OddRecordScenarios() : Common.OddRecordScenarios(new EmbeddedElectionServer());

public sealed class HolderScenarios() : Common.HolderScenarios(new EmbeddedElectionServer());

public sealed class DeadlineScenarios() : Common.DeadlineScenarios(new EmbeddedElectionServer());

public sealed class LostReplyScenarios() : Common.LostReplyScenarios(new EmbeddedElectionServer());

public sealed class LeavingScenarios() : Common.LeavingScenarios(new EmbeddedElectionServer());

public sealed class DrainScenarios() : Common.DrainScenarios(new EmbeddedElectionServer());

public sealed class WorkScenarios() : Common.WorkScenarios(new EmbeddedElectionServer());

public sealed class RefusalScenarios() : Common.RefusalScenarios(new EmbeddedElectionServer());

public sealed class SilentConnectionScenarios() : Common.SilentConnectionScenarios(new EmbeddedElectionServer());

public sealed class OutageScenarios() : Common.OutageScenarios(new EmbeddedElectionServer());
