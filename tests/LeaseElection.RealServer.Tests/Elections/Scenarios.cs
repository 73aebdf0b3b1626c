using Common = LeaseElection.TestKit.Scenarios.Elections;

namespace LeaseElection.RealServer.Tests.Elections;

// The scenarios of LeaseElection.TestKit, on a real kube-apiserver.
public sealed class AcquireScenarios(SharedControlPlane shared) : Common.AcquireScenarios(new RealElectionServer(shared));

public sealed class WaitingScenarios(SharedControlPlane shared) : Common.WaitingScenarios(new RealElectionServer(shared));

public sealed class OddRecordScenarios(SharedControlPlane shared) : Common.OddRecordScenarios(new RealElectionServer(shared));

public sealed class HolderScenarios(SharedControlPlane shared) : Common.HolderScenarios(new RealElectionServer(shared));

public sealed class DeadlineScenarios(SharedControlPlane shared) : Common.DeadlineScenarios(new RealElectionServer(shared));

public sealed class LostReplyScenarios(SharedControlPlane shared) : Common.LostReplyScenarios(new RealElectionServer(shared));

public sealed class LeavingScenarios(SharedControlPlane shared) : Common.LeavingScenarios(new RealElectionServer(shared));

public sealed class DrainScenarios(SharedControlPlane shared) : Common.DrainScenarios(new RealElectionServer(shared));

public sealed class WorkScenarios(SharedControlPlane shared) : Common.WorkScenarios(new RealElectionServer(shared));

public sealed class RefusalScenarios(SharedControlPlane shared) : Common.RefusalScenarios(new RealElectionServer(shared));

public sealed class SilentConnectionScenarios(SharedControlPlane shared) : Common.SilentConnectionScenarios(new RealElectionServer(shared));

[Collection(nameof(DisturbsServers))]
public sealed class OutageScenarios(SharedControlPlane shared) : Common.OutageScenarios(new RealElectionServer(shared, disturbs: true));
