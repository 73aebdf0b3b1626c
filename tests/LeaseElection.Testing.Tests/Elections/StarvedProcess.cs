using System.Globalization;

namespace LeaseElection.Testing.Tests.Elections;

/// <summary>Runs tests/LeaseElection.TestProcess as a starved process to its end.</summary>
/// <param name="Said">What it measured, by name; times in milliseconds.</param>
/// <param name="Errors">What it said on standard error.</param>
/// <param name="ExitCode">How it ended.</param>
internal sealed record StarvedProcess(IReadOnlyDictionary<string, double> Said, string Errors, int ExitCode)
{
    public static async Task<StarvedProcess> RunAsync(
        LeaseApiServer server, string @namespace, string mode, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("leaseelection-");
        try
        {
            var kubeconfig = Path.Combine(folder.FullName, "kubeconfig");
            await server.WriteKubeconfigAsync(kubeconfig, @namespace: @namespace, cancellationToken: cancellationToken);
            var command = TestProgram.Command(TestProgram.StarvedProcess, kubeconfig, @namespace, mode);
            using var process = await ProcessStarter.StartAsync(command[0], command.Skip(1), start =>
            {
                start.RedirectStandardOutput = start.RedirectStandardError = true;
                // It is to abort: no core file, please.
                start.WorkingDirectory = folder.FullName;
                start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
            });
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var said = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
                .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));
            return new(said, await errors, process.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
