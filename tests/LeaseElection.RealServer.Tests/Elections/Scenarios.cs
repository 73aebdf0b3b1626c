namespace LeaseElection.RealServer.Tests.Elections;

// The scenarios of LeaseElection.Conformance, on a real kube-apiserver.
public sealed class AcquireScenarios(SharedControlPlane shared) : Conformance.Elections.AcquireScenarios(new RealElectionServer(shared));

public sealed class WaitingScenarios(SharedControlPlane shared) : Conformance.Elections.WaitingScenarios(new RealElectionServer(shared));

public sealed class OddRecordScenarios(SharedControlPlane shared) : Conformance.Elections.OddRecordScenarios(new RealElectionServer(shared));

public sealed class HolderScenarios(SharedControlPlane shared) : Conformance.Elections.HolderScenarios(new RealElectionServer(shared));

public sealed class DeadlineScenarios(SharedControlPlane shared) : Conformance.Elections.DeadlineScenarios(new RealElectionServer(shared));

public sealed class LostReplyScenarios(SharedControlPlane shared) : Conformance.Elections.LostReplyScenarios(new RealElectionServer(shared));

public sealed class LeavingScenarios(SharedControlPlane shared) : Conformance.Elections.LeavingScenarios(new RealElectionServer(shared));

public sealed class DrainScenarios(SharedControlPlane shared) : Conformance.Elections.DrainScenarios(new RealElectionServer(shared));

public sealed class WorkScenarios(SharedControlPlane shared) : Conformance.Elections.WorkScenarios(new RealElectionServer(shared));

public sealed class RefusalScenarios(SharedControlPlane shared) : Conformance.Elections.RefusalScenarios(new RealElectionServer(shared));

public sealed class SilentConnectionScenarios(SharedControlPlane shared) : Conformance.Elections.SilentConnectionScenarios(new RealElectionServer(shared));

[Collection(nameof(DisturbsServers))]
public sealed class OutageScenarios(SharedControlPlane shared) : Conformance.Elections.OutageScenarios(new RealElectionServer(shared, disturbs: true));
