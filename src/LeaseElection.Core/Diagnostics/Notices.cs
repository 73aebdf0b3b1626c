using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Diagnostics;

/// <summary>Logs what the machine reports to the operator.</summary>
internal static class Notices
{
    public static void Log(Notice notice, ILogger logger, string lease, ElectionSettings settings)
    {
        switch (notice)
        {
            case Notice.Released:
                ElectionLog.Released(logger, lease, settings.Identity);
                break;
            case Notice.ReleaseAbandoned:
                ElectionLog.ReleaseAbandoned(logger, lease, settings.Identity);
                break;
            case Notice.HolderErased:
                ElectionLog.HolderErased(logger, lease);
                break;
            case Notice.IdentityShared:
                ElectionLog.IdentityShared(logger, lease, settings.Identity);
                break;
            case Notice.StoreRestored:
                ElectionLog.StoreRestored(logger, lease);
                break;
            case Notice.Polling:
                ElectionLog.Polling(logger, lease, settings.RetryPeriod);
                break;
            case Notice.Watching:
                ElectionLog.Watching(logger, lease);
                break;
            case Notice.Paused:
                ElectionLog.Paused(logger, lease, settings.Identity);
                break;
            case Notice.Resumed:
                ElectionLog.Resumed(logger, lease, settings.Identity);
                break;
            default:
                throw new InvalidOperationException($"Unknown notice {notice}.");
        }
    }
}
