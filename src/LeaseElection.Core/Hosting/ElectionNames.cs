using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting;

/// <summary>The name of an election that has none in code: its LeaseName, else the host's application name, made a DNS label.</summary>
internal static class ElectionNames
{
    private const int MostLabel = 63;

    /// <summary>Finds the name of an election.</summary>
    /// <exception cref="InvalidOperationException">Neither the configuration nor the host's name gives one.</exception>
    public static string Find(ElectionRegistration registration, LeaderElectionOptions options, IServiceProvider services)
    {
        if (registration.Name.Length > 0)
            return registration.Name;
        if (options.LeaseName is { } lease)
            return lease;
        var application = services.GetService<IHostEnvironment>()?.ApplicationName;
        return AsLabel(application) is { Length: > 0 } label
            ? label
            : throw new InvalidOperationException(
                "The election has no name: AddLeaderElection() was given none, LeaderElection:LeaseName is not set, "
                + $"and the host's application name is '{application}', "
                + "which has no letter or digit that a Lease's name may have. "
                + "Set LeaderElection:LeaseName, for example to the name of the service.");
    }

    /// <summary>Makes a DNS label (RFC 1123) of a name: lower case, '-' for anything else, at most 63 characters.</summary>
    public static string AsLabel(string? name)
    {
        var label = string.Concat((name ?? "").Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        return label.Length > MostLabel ? label[..MostLabel].TrimEnd('-') : label;
    }
}
