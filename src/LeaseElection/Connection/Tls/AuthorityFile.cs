using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Exceptions;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Tls;

/// <summary>Stands in for authorities that are read again, until they come.</summary>
internal sealed class AuthorityFile : IAuthorities
{
    private readonly string _path;
    private readonly X509Certificate2Collection _certificates = [];

    public AuthorityFile(string path, ISystemEnvironment machine)
    {
        _path = path;
        try
        {
            _certificates.ImportFromPem(Encoding.UTF8.GetString(machine.ReadFile(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new KubeConfigException($"The certificate authority file '{path}' cannot be read: {e.Message}", e);
        }

        if (_certificates.Count == 0)
            throw new KubeConfigException($"The certificate authority file '{path}' has no certificate.");
    }

    public string Source => $"'{_path}'";

    public X509Certificate2Collection Read() => _certificates;
}
