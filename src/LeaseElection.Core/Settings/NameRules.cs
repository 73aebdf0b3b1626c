using System.Globalization;
using System.Text.RegularExpressions;

namespace LeaseElection.Settings;

/// <summary>
/// The rules of names, from Kubernetes' own (RFC 1123 names, label syntax): a bad name fails the start, instead of every request.
/// </summary>
internal static partial class NameRules
{
    private const int MostSubdomain = 253;
    private const int MostLabel = 63;
    private const int MostIdentity = 1024;

    public static IEnumerable<string> Check(string? name, LeaderElectionOptions options)
    {
        var lease = options.LeaseName ?? name;
        if (string.IsNullOrEmpty(lease))
            yield return "LeaseName is not set; a Lease needs a name. Set LeaseName, for example to the name of the service.";
        else if (lease.Length > MostSubdomain || !Subdomain().IsMatch(lease))
            yield return $"LeaseName is '{lease}'; it must be a DNS subdomain name: lower-case letters, digits, '-' and '.', beginning and "
                + $"ending with a letter or digit, at most {MostSubdomain} characters. Set LeaseName to such a name.";
        else if (options.LabelLeaderPod && lease.Length > MostLabel)
            yield return $"LeaseName is '{lease}' and LabelLeaderPod is True; the name becomes a label value, which has at most "
                + $"{MostLabel} characters. Set LeaseName to a shorter one, or LabelLeaderPod to false.";
        if (options.Namespace is { } ns && (ns.Length > MostLabel || !Label().IsMatch(ns)))
            yield return $"Namespace is '{ns}'; it must be a DNS label: lower-case letters, digits and '-', beginning and ending with a "
                + $"letter or digit, at most {MostLabel} characters. Correct it, or leave it unset for the pod's own.";
        if (options.Identity is { } identity
            && (string.IsNullOrWhiteSpace(identity) || identity.Length > MostIdentity || identity.Any(char.IsControl)))
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Identity is '{identity}'; it must be 1 to "
                + $"{MostIdentity} characters without control characters, not only white space. Leave it unset for a unique one.");
        foreach (var (key, value) in options.Labels)
        {
            if (!LabelKey().IsMatch(key))
                yield return $"Labels has the key '{key}'; it must be a label key: an optional DNS subdomain and '/', then at most "
                    + $"{MostLabel} letters, digits, '-', '_' and '.', beginning and ending with a letter or digit. Correct the key.";
            if (value is null || !LabelValue().IsMatch(value))
                yield return $"Labels['{key}'] is '{value}'; it must be a label value: empty, or at most {MostLabel} letters, digits, '-', "
                    + "'_' and '.', beginning and ending with a letter or digit. Correct the value.";
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"\A([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelValue();
}
