using k8s.Exceptions;

namespace LeaseElection.Connection.Kubeconfigs.Rules;

/// <summary>
/// Follows the current context. Where kubectl goes on with a guess (the server localhost:8080, a user who is nobody) because a name is
/// missing or leads nowhere, this refuses: a slip of the pen must not become another cluster or another user.
/// </summary>
internal static class ContextRules
{
    private const int MostLabel = 63;

    /// <exception cref="KubeConfigException">It leads nowhere; the message names field and fix.</exception>
    public static ChosenContext Choose(KubeconfigFile file)
    {
        var context = Current(file);
        if (context.Namespace is { Length: > 0 } ns && !IsLabel(ns))
            throw new KubeConfigException(
                $"'namespace' of {context.Shown} is '{ns}'; it must be a DNS label: lower-case letters, digits and '-', beginning and "
                + $"ending with a letter or digit, at most {MostLabel} characters. Correct it.");
        return new(context, ClusterOf(context, file), UserOf(context, file));
    }

    private static ContextEntry Current(KubeconfigFile file)
    {
        var names = Names("contexts", file.Contexts.Select(static c => c.Name));
        if (string.IsNullOrEmpty(file.CurrentContext))
            throw new KubeConfigException(
                $"'current-context' is not set, so that it does not say which cluster is meant. {names}. Set it, for example by "
                + "'kubectl config use-context'.");
        return file.Contexts.FirstOrDefault(c => c.Name == file.CurrentContext) ?? throw new KubeConfigException(
            $"'current-context' is '{file.CurrentContext}', and there is no such context. {names}. Correct it, for example by "
            + "'kubectl config use-context'.");
    }

    private static ClusterEntry ClusterOf(ContextEntry context, KubeconfigFile file)
    {
        var names = Names("clusters", file.Clusters.Select(static c => c.Name));
        if (string.IsNullOrEmpty(context.Cluster))
            throw new KubeConfigException($"{context.Shown} has no 'cluster'. {names}. Set it to the name of one of them.");
        return file.Clusters.FirstOrDefault(c => c.Name == context.Cluster) ?? throw new KubeConfigException(
            $"'cluster' of {context.Shown} is '{context.Cluster}', and there is no such cluster. {names}. Correct the name, or add the "
            + "cluster.");
    }

    private static UserEntry UserOf(ContextEntry context, KubeconfigFile file)
    {
        var names = Names("users", file.Users.Select(static u => u.Name));
        if (string.IsNullOrEmpty(context.User))
        {
            // kubectl takes the nameless one. Nobody may be meant, and then its name is missing all the same.
            return file.Users.FirstOrDefault(static u => u.Name.Length == 0) is { } nameless
                ? throw new KubeConfigException(
                    $"{context.Shown} has no 'user', and {nameless.Shown} has no 'name'. Give the user a name, and the context that name.")
                : new(context.File, "") { Line = context.Line };
        }

        return file.Users.FirstOrDefault(u => u.Name == context.User) ?? throw new KubeConfigException(
            $"'user' of {context.Shown} is '{context.User}', and there is no such user. {names}. Correct the name, add the user, or remove "
            + "'user' to send no credentials.");
    }

    private static bool IsLabel(string name) =>
        name.Length <= MostLabel && name[0] != '-' && name[^1] != '-'
        && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Names(string what, IEnumerable<string> names)
    {
        var known = names.Select(static n => n.Length > 0 ? $"'{n}'" : "one without a name").ToList();
        return known.Count > 0 ? $"The {what} are: {string.Join(", ", known)}" : $"There are no {what}";
    }
}
