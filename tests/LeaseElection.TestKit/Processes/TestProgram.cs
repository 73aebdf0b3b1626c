using System.Reflection;

namespace LeaseElection.TestKit;

/// <summary>tests/LeaseElection.TestProcess: what tests run in processes of their own.</summary>
public static class TestProgram
{
    /// <summary>A leader whose thread pool is blocked.</summary>
    public const string StarvedProcess = "starved-process";

    /// <summary>A worker that writes two seconds after its check.</summary>
    public const string LateWorker = "late-worker";

    /// <summary>A worker with KubernetesClient's elector.</summary>
    public const string KubernetesClientWorker = "kubernetes-client-worker";

    private static readonly string Program = typeof(TestProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "TestProcess").Value!;

    /// <summary>The command that runs it in one of these modes.</summary>
    public static string[] Command(string mode, params ReadOnlySpan<string> arguments) => [WorkerProcess.Host, Program, mode, .. arguments];
}
