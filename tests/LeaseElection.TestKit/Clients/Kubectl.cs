using System.Diagnostics;

namespace LeaseElection.TestKit;

/// <summary>
/// Runs kubectl with one kubeconfig, and with a cache of its own beside that file: nothing of the machine's user has a say.
/// </summary>
public sealed class Kubectl(string kubeconfig)
{
    // Nothing here takes so long, whatever else the machine does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs it to its end; skips the test where there is no kubectl.</summary>
    public async Task<KubectlResult> RunAsync(IReadOnlyList<string> arguments, string? input = null, string? editor = null)
    {
        using var process = await StartAsync(arguments, editor);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await Task.WhenAll(output, errors, process.WaitForExitAsync())
                .WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            process.Kill();
            throw new InvalidOperationException(
                $"kubectl {string.Join(' ', arguments)} did not end. It wrote:\n{await output}\n{await errors}", e);
        }

        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts one that goes on, as with <c>--watch</c>.</summary>
    public async Task<KubectlStream> StreamAsync(params IReadOnlyList<string> arguments)
    {
        var process = await StartAsync(arguments, editor: null);
        process.StandardInput.Close();
        return new(process, $"kubectl {string.Join(' ', arguments)}");
    }

    private Task<Process> StartAsync(IReadOnlyList<string> arguments, string? editor)
    {
        var home = Path.GetDirectoryName(kubeconfig)!;
        return ProcessStarter.StartAsync(ClientPrograms.Kubectl, arguments, start =>
        {
            start.WorkingDirectory = home;
            start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
            start.Environment["HOME"] = home;
            start.Environment["KUBECONFIG"] = kubeconfig;
            start.Environment.Remove("EDITOR");
            start.Environment["KUBE_EDITOR"] = editor ?? "false";
        });
    }
}
