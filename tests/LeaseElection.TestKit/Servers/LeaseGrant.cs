using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace LeaseElection.TestKit;

/// <summary>A Role and a RoleBinding that let one account do some things with the Leases of one namespace.</summary>
internal static class LeaseGrant
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string LeaseGroup = "coordination.k8s.io";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly string[] AllVerbs = ["get", "list", "watch", "create", "update", "patch", "delete"];

    public static async Task ApplyAsync(
        IKubernetes client, string @namespace, TestAccount account, IReadOnlyCollection<string> verbs, CancellationToken cancellationToken)
    {
        if (verbs.Except(AllVerbs).ToArray() is { Length: > 0 } unknown)
            throw new ArgumentException($"Not among {string.Join(", ", AllVerbs)}: {string.Join(", ", unknown)}", nameof(verbs));

        var name = $"leases-of-{account.Name}";
        var role = new V1Role { Metadata = new() { Name = name }, Rules = Rules(verbs) };
        try
        {
            await client.RbacAuthorizationV1.CreateNamespacedRoleAsync(role, @namespace, cancellationToken: cancellationToken);
            await client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
                new()
                {
                    Metadata = new() { Name = name },
                    RoleRef = new() { ApiGroup = Group, Kind = "Role", Name = name },
                    Subjects = [account.Subject],
                },
                @namespace,
                cancellationToken: cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            await client.RbacAuthorizationV1.ReplaceNamespacedRoleAsync(role, name, @namespace, cancellationToken: cancellationToken);
        }

        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        foreach (var verb in AllVerbs)
            await EffectiveAsync(client, @namespace, account, verb, verbs.Contains(verb), either.Token);
    }

    // The authorizer learns of it by a watch of its own, a moment later.
    private static async Task EffectiveAsync(
        IKubernetes client, string @namespace, TestAccount account, string verb, bool allowed, CancellationToken cancellationToken)
    {
        while (await IsAllowedAsync(client, @namespace, account, verb, cancellationToken) != allowed)
            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
    }

    private static IList<V1PolicyRule> Rules(IReadOnlyCollection<string> verbs) =>
        verbs.Count == 0 ? [] : [new() { ApiGroups = [LeaseGroup], Resources = ["leases"], Verbs = [.. verbs] }];

    private static async Task<bool> IsAllowedAsync(
        IKubernetes client, string @namespace, TestAccount account, string verb, CancellationToken cancellationToken)
    {
        var review = await client.AuthorizationV1.CreateSubjectAccessReviewAsync(
            new()
            {
                Spec = new()
                {
                    User = account.UserName,
                    ResourceAttributes = new() { NamespaceProperty = @namespace, Group = LeaseGroup, Resource = "leases", Verb = verb },
                },
            },
            cancellationToken: cancellationToken);
        return review.Status.Allowed;
    }
}
