using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LeaseElection.Hosting;

/// <summary>
/// Combines the layers of an election's options: the section <c>LeaderElection</c>, what the application configured without a name, then
/// the election's own section. Options configured under the election's name come after that, as everywhere in .NET.
/// </summary>
internal sealed class LayeredOptions(string election, IServiceProvider services)
    : IConfigureNamedOptions<LeaderElectionOptions>, IPostConfigureOptions<LeaderElectionOptions>, IValidateOptions<LeaderElectionOptions>
{
    public const string Section = "LeaderElection";

    public void Configure(LeaderElectionOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, LeaderElectionOptions options)
    {
        if (name != election)
            return;
        var configuration = services.GetService<IConfiguration>();
        configuration?.GetSection(Section).Bind(options);
        if (election.Length == 0)
            return;
        foreach (var unnamed in services.GetServices<IConfigureOptions<LeaderElectionOptions>>())
            ConfigureUnnamed(unnamed, options);
        configuration?.GetSection($"{Section}:Leases:{election}").Bind(options);
    }

    public void PostConfigure(string? name, LeaderElectionOptions options)
    {
        if (name != election || election.Length == 0)
            return;
        foreach (var unnamed in services.GetServices<IPostConfigureOptions<LeaderElectionOptions>>())
        {
            // A post-configuration for every name runs for this name anyway, in its turn.
            if (unnamed is not (LayeredOptions or PostConfigureOptions<LeaderElectionOptions> { Name: null }))
                unnamed.PostConfigure(Options.DefaultName, options);
        }
    }

    public ValidateOptionsResult Validate(string? name, LeaderElectionOptions options)
    {
        if (name != election || election.Length == 0)
            return ValidateOptionsResult.Skip;
        var builder = new ValidateOptionsResultBuilder();
        foreach (var unnamed in services.GetServices<IValidateOptions<LeaderElectionOptions>>())
        {
            if (unnamed is not (LayeredOptions or ElectionRulesValidation or ValidateOptions<LeaderElectionOptions> { Name: null }))
                builder.AddResult(unnamed.Validate(Options.DefaultName, options));
        }

        return builder.Build();
    }

    private static void ConfigureUnnamed(IConfigureOptions<LeaderElectionOptions> unnamed, LeaderElectionOptions options)
    {
        if (unnamed is LayeredOptions or ConfigureNamedOptions<LeaderElectionOptions> { Name: null })
            return;
        if (unnamed is IConfigureNamedOptions<LeaderElectionOptions> named)
            named.Configure(Options.DefaultName, options);
        else
            unnamed.Configure(options);
    }
}
