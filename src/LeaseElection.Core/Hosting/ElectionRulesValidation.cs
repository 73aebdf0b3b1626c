using LeaseElection.Settings;
using Microsoft.Extensions.Options;

namespace LeaseElection.Hosting;

/// <summary>Checks the rules of one election's options.</summary>
internal sealed class ElectionRulesValidation(ElectionRegistration registration, IServiceProvider services)
    : IValidateOptions<LeaderElectionOptions>
{
    public ValidateOptionsResult Validate(string? name, LeaderElectionOptions options)
    {
        if (name != registration.Name)
            return ValidateOptionsResult.Skip;
        var failures = OptionsRules.Check(ElectionNames.Find(registration, options, services), options)
            .Select(f => $"LeaderElection {registration.Shown}: {f}")
            .ToList();
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
