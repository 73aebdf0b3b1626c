using LeaseElection.TestProcess.KubernetesClientWorker;
using LeaseElection.TestProcess.LateWorker;
using LeaseElection.TestProcess.StarvedProcess;

// The mode, then the mode's own arguments. Tests start it through TestKit's TestProgram.
switch (args)
{
    case ["starved-process", .. var rest]:
        // On this thread, which is none of the pool's.
        return StarvedLeader.Run(rest);
    case ["late-worker", .. var rest]:
        await LateHost.RunAsync(rest);
        return 0;
    case ["kubernetes-client-worker", .. var rest]:
        return await Candidate.RunAsync(rest);
    default:
        await Console.Error.WriteLineAsync("Usage: starved-process|late-worker|kubernetes-client-worker ...");
        return 2;
}
