using System.Security.Cryptography.X509Certificates;
using k8s.Exceptions;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Tls;

/// <summary>
/// Authorities in a PEM file, which is read again at each handshake: the kubelet swaps a pod's ca.crt while the pod runs, and the time of
/// a file says too little (a swapped link may lead to an older one). While the file cannot be used, the last usable content counts.
/// </summary>
internal sealed class AuthorityFile : IAuthorities
{
    private readonly string _path;
    private readonly ISystemEnvironment _machine;
    private readonly Lock _gate = new();
    private State _state;

    /// <exception cref="KubeConfigException">The file cannot be read, or has no certificate.</exception>
    public AuthorityFile(string path, ISystemEnvironment machine)
    {
        (_path, _machine) = (path, machine);
        try
        {
            _state = new(machine.ReadFile(path));
        }
        catch (Exception e) when (IsAboutTheFile(e))
        {
            throw new KubeConfigException(
                $"The 'certificate-authority' file '{path}' cannot be read: {e.Message} "
                + "Name a PEM file that this process may read, or put its base64 form into 'certificate-authority-data'.", e);
        }

        if (_state.Certificates.Count == 0)
            throw new KubeConfigException(
                $"The 'certificate-authority' file '{path}' has no certificate. It must be a PEM file with at least one "
                + "'-----BEGIN CERTIFICATE-----' block: name the file that has the cluster's authority.");
    }

    public string Source => _state.Fault is { } fault ? $"'{_path}' (as it was before; now {fault})" : $"'{_path}'";

    public X509Certificate2Collection Read()
    {
        var (content, fault) = TryRead();
        lock (_gate)
        {
            if (content is null)
                _state = _state with { Fault = fault };
            else if (!content.AsSpan().SequenceEqual(_state.Content))
                _state = new State(content) is { Certificates.Count: > 0 } changed
                    ? changed
                    : _state with { Fault = "it has no certificate" };
            else
                _state = _state with { Fault = null };
            return _state.Certificates;
        }
    }

    private (byte[]? Content, string? Fault) TryRead()
    {
        try
        {
            return (_machine.ReadFile(_path), null);
        }
        catch (Exception e) when (IsAboutTheFile(e))
        {
            return (null, $"it cannot be read: {e.Message}");
        }
    }

    private static bool IsAboutTheFile(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private sealed record State(byte[] Content)
    {
        public X509Certificate2Collection Certificates { get; } = PemCertificates.Read(Content);

        public string? Fault { get; init; }
    }
}
