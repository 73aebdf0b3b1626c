using System.Runtime.CompilerServices;
using k8s;
using k8s.Authentication;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Credentials;

/// <summary>The credentials of a KubernetesClientConfiguration that the application made; its object is read, never changed.</summary>
internal static class GivenCredentials
{
    private const string Owner = "the KubernetesClientConfiguration";

    /// <param name="from">The configuration.</param>
    /// <param name="certificate">Its client certificate as it was at first; null for none.</param>
    /// <param name="machine">Where its files are.</param>
    /// <param name="time">The clock.</param>
    public static ICredentialProvider Open(
        KubernetesClientConfiguration from, Tls.ClientCertificate? certificate, ISystemEnvironment machine, TimeProvider time)
    {
#pragma warning disable CA2000 // Whoever gets the combination owns both.
        var header = Header(from, machine, time);
        if (certificate is null)
            return header;
        var files = IsFile(from.ClientCertificateFilePath) || IsFile(from.ClientKeyFilePath);
        ICredentialProvider known = files
            ? new CredentialRenewal(Files(from, machine), time, new(null, certificate))
            : new FixedCredentials(new(null, certificate));
        return new CombinedCredentials(header, known);
#pragma warning restore CA2000
    }

    // In the order of KubernetesClient.
    private static ICredentialProvider Header(KubernetesClientConfiguration from, ISystemEnvironment machine, TimeProvider time) =>
        from.TokenProvider is TokenFileAuth file && PathOf(file) is { Length: > 0 } path ? new TokenFileCredentials(path, machine, time)
        : from.TokenProvider is { } provider ? SharedRenewals.Open(new SameObject(provider), time, () => new GivenTokenSource(provider))
        : !string.IsNullOrEmpty(from.AccessToken) ? FixedCredentials.Bearer(from.AccessToken)
        : !string.IsNullOrEmpty(from.Username) ? FixedCredentials.Basic(from.Username, from.Password)
        : AnonymousCredentials.This;

    private static CertificateSource Files(KubernetesClientConfiguration from, ISystemEnvironment machine) => new(
        Owner,
        Text(nameof(from.ClientCertificateFilePath), from.ClientCertificateFilePath, from.ClientCertificateData),
        Text(nameof(from.ClientKeyFilePath), from.ClientKeyFilePath, from.ClientCertificateKeyData),
        machine,
        from.ClientCertificateKeyStoreFlags);

    // Files win over data, as in KubernetesClient.
    private static PemText Text(string field, string? path, string? data) =>
        IsFile(path) ? new(field, path, null) : new(field, null, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data!)));

    private static bool IsFile(string? path) => !string.IsNullOrEmpty(path);

    // Its own reading goes by the wall clock and does not hear of a 401. Where a later KubernetesClient hides the path elsewhere, it is
    // asked like any other provider.
    private static string? PathOf(TokenFileAuth file)
    {
        try
        {
            return file.GetType() == typeof(TokenFileAuth) ? TokenFileOf(file) : null;
        }
        catch (MissingMethodException)
        {
            return null;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_TokenFile")]
    private static extern string TokenFileOf(TokenFileAuth file);

    // Whatever its own Equals says.
    private sealed class SameObject(object of) : IEquatable<SameObject>
    {
        private readonly object _of = of;

        public bool Equals(SameObject? other) => ReferenceEquals(_of, other?._of);

        public override bool Equals(object? obj) => Equals(obj as SameObject);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(_of);
    }
}
