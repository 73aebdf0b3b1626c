using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>Other electors, and people with kubectl.</summary>
internal static class Others
{
    public static void Act(LeaseServer server, WalkAction action, int size, DateTimeOffset wall)
    {
        // Far from the machine's own microseconds: one of those, with its name, would be a forgery that nothing can tell from its own write.
        var now = MicroTime.From(wall.AddYears(1)).Add(TimeSpan.FromMicroseconds(size));
        if (server.Lease is not { } lease && action != WalkAction.OtherAcquires)
            return;
        switch (action)
        {
            case WalkAction.OtherAcquires:
                server.Edit(s => s with
                {
                    HolderIdentity = "other",
                    LeaseDurationSeconds = 1 + (size % 9),
                    AcquireTime = now,
                    RenewTime = now,
                    LeaseTransitions = (s.LeaseTransitions ?? 0) + 1,
                });
                break;
            case WalkAction.OtherRenews:
                server.Edit(s => s with { RenewTime = now });
                break;
            case WalkAction.OtherReleases:
                server.Edit(s => s with { HolderIdentity = "", LeaseDurationSeconds = 1, RenewTime = now }, m => size % 2 == 0 ? "" : m);
                break;
            case WalkAction.EraseHolder:
                server.Edit(s => s with { HolderIdentity = null });
                break;
            case WalkAction.EraseSpec:
                server.Edit(_ => default);
                break;
            case WalkAction.EditLabels:
                server.EditLabels($"label {size}");
                break;
            case WalkAction.EditMark:
                server.Edit(s => s, m => size % 2 == 0 ? null : $"ff/{1 + (size % 60)}/{size % 5}");
                break;
            case WalkAction.EditDuration:
                server.Edit(s => s with { LeaseDurationSeconds = (size % 5) switch { 0 => null, 1 => -1, 2 => 1, 3 => 30, _ => size } });
                break;
            case WalkAction.EditTransitions:
                server.Edit(s => s with { LeaseTransitions = (size % 4) switch { 0 => null, 1 => int.MaxValue, 2 => -1, _ => size } });
                break;
            case WalkAction.Steal:
                server.Edit(s => s with { HolderIdentity = "thief", RenewTime = now });
                break;
            case WalkAction.UseOurName:
                server.Edit(s => s with { HolderIdentity = "a", AcquireTime = null, RenewTime = now });
                break;
            case WalkAction.Delete:
                server.Delete();
                break;
            case WalkAction.Revert when server.History[size % server.History.Count].Lease is { } old && old.Uid == server.Lease!.Value.Uid:
                server.Edit(_ => old.Spec, _ => old.Mark);
                break;
            case WalkAction.Restore when server.History[size % server.History.Count].Lease is { } backup:
                server.Restore(backup);
                break;
            default:
                break;
        }
    }
}
