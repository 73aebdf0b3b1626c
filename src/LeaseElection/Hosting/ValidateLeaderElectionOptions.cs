using LeaseElection.Settings;
using Microsoft.Extensions.Options;

namespace LeaseElection.Hosting;

/// <summary>Validates the options of one election when the host starts.</summary>
internal sealed class ValidateLeaderElectionOptions(string election) : IValidateOptions<LeaderElectionOptions>
{
    public ValidateOptionsResult Validate(string? name, LeaderElectionOptions options)
    {
        if (name != election)
            return ValidateOptionsResult.Skip;
        var failures = OptionsRules.Check(name, options).Select(f => $"LeaderElection '{election}': {f}").ToList();
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
