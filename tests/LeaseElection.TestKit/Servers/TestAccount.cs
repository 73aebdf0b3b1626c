using System.Globalization;
using k8s.Models;

namespace LeaseElection.TestKit;

/// <summary>One of the spare users: a line of the token file on our own servers, a service account in somebody else's cluster.</summary>
internal sealed record TestAccount(string Name, string UserName, Rbacv1Subject Subject)
{
    public static TestAccount OfUser(int number)
    {
        var name = NameOf(number);
        return new(name, name, new() { Kind = "User", Name = name, ApiGroup = "rbac.authorization.k8s.io" });
    }

    public static TestAccount OfServiceAccount(string @namespace, int number)
    {
        var name = NameOf(number);
        return new(
            name,
            $"system:serviceaccount:{@namespace}:{name}",
            new() { Kind = "ServiceAccount", Name = name, NamespaceProperty = @namespace });
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"user-{number}");
}
