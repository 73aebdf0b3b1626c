using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Exceptions;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Kubeconfigs.Rules;

/// <summary>A user's certificate and key, as they are at the start: an unusable pair is refused before the first request.</summary>
internal static class KeyPairRules
{
    /// <exception cref="KubeConfigException">They are no pair.</exception>
    public static void Check(UserEntry user, ISystemEnvironment machine)
    {
        if (string.IsNullOrEmpty(user.ClientCertificate) && string.IsNullOrEmpty(user.ClientCertificateData))
            return;
        var certificate = Pem(user, "client-certificate", user.ClientCertificate, user.ClientCertificateData, machine);
        var key = Pem(user, "client-key", user.ClientKey, user.ClientKeyData, machine);
        try
        {
            X509Certificate2.CreateFromPem(certificate, key).Dispose();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KubeConfigException(
                $"{user.Shown}: its 'client-certificate' and 'client-key' (or their '-data') are no pair in PEM form that can be used "
                + $"({e.Message.TrimEnd('.')}). Write "
                + "a PEM certificate, and the key that belongs to it, without a password.", e);
        }
    }

    private static string Pem(UserEntry user, string field, string? path, string? data, ISystemEnvironment machine)
    {
        try
        {
            return Encoding.UTF8.GetString(path is { Length: > 0 } ? machine.ReadFile(path) : Convert.FromBase64String(data!));
        }
        catch (FormatException e)
        {
            throw new KubeConfigException(
                $"{user.Shown}: '{field}-data' is no base64. Write the output of 'base64 -w0' for the PEM file there, or name the file in "
                + $"'{field}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException(
                $"{user.Shown}: '{field}' cannot be read: {e.Message} Name a file that this process may read.", e);
        }
    }
}
