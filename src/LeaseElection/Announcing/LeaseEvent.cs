using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace LeaseElection.Announcing;

/// <summary>One Event on the Lease, in the words of client-go, with the reason.</summary>
internal sealed record LeaseEvent(string Message, bool IsWarning, string LeaseUid, DateTimeOffset At)
{
    public static LeaseEvent Began(LeadershipTerm term, string identity, string leaseUid, DateTimeOffset at) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{identity} became leader, fencing token {term.FencingToken}"),
            false, leaseUid, at);

    public static LeaseEvent Ended(TermEndReason reason, string identity, string leaseUid, DateTimeOffset at) => new(
        $"{identity} stopped leading: {reason}",
        reason is not (TermEndReason.Stopped or TermEndReason.SteppedDown or TermEndReason.Paused or TermEndReason.WorkCompleted),
        leaseUid, at);

    public byte[] ToJson(string ns, string lease)
    {
        var at = At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["generateName"] = $"{lease}.", ["namespace"] = ns },
            // With the uid, because kubectl describe looks for it.
            ["involvedObject"] = new JsonObject
            {
                ["apiVersion"] = "coordination.k8s.io/v1",
                ["kind"] = "Lease",
                ["name"] = lease,
                ["namespace"] = ns,
                ["uid"] = LeaseUid,
            },
            ["reason"] = "LeaderElection",
            ["message"] = Message,
            ["type"] = IsWarning ? "Warning" : "Normal",
            ["source"] = new JsonObject { ["component"] = "LeaseElection" },
            ["firstTimestamp"] = at,
            ["lastTimestamp"] = at,
            ["count"] = 1,
        }.ToJsonString());
    }
}
