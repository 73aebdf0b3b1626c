using System.Globalization;

namespace LeaseElection.TestProcess.KubernetesClientWorker;

/// <summary>
/// Kubeconfig, namespace, Lease, identity; then in milliseconds LeaseDuration, RenewDeadline, RetryPeriod and the pace of the work.
/// </summary>
internal sealed record Arguments(
    string Kubeconfig, string Namespace, string Lease, string Identity, TimeSpan Duration, TimeSpan Deadline, TimeSpan Retry, TimeSpan Pace)
{
    public static Arguments? Parse(string[] args) =>
        args.Length == 8 && args[4..].All(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? new(args[0], args[1], args[2], args[3], Time(args[4]), Time(args[5]), Time(args[6]), Time(args[7]))
            : null;

    private static TimeSpan Time(string text) => TimeSpan.FromMilliseconds(int.Parse(text, CultureInfo.InvariantCulture));
}
