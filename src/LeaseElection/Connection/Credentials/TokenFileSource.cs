using System.Text;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Credentials;

/// <summary>
/// Reads a token from a file, whole and each time: a few KB cost less than the doubts about times and sizes of a file that a kubelet
/// replaces under a link.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="fallback">The token as long as the file cannot be read; null for none.</param>
/// <param name="machine">Where the file is.</param>
internal sealed class TokenFileSource(string path, string? fallback, ISystemEnvironment machine) : ICredentialSource
{
    private bool _wasRead;

    public string Name => $"the token file '{path}'";

    public RenewalPace Pace => RenewalPace.OfFiles;

    public Task<FetchedCredential> FetchAsync(CancellationToken cancellationToken) => OwnThread.RunAsync(Read);

    private FetchedCredential Read()
    {
        try
        {
            var token = TokenIn(machine.ReadFile(path));
            _wasRead = true;
            return new(new($"Bearer {token}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CredentialException)
        {
            return fallback is not null && !_wasRead
                ? new(new($"Bearer {fallback}"))
                : throw (e as CredentialException ?? new($"The token file '{path}' cannot be read: {e.Message}", e));
        }
    }

    private string TokenIn(byte[] file)
    {
        var token = Encoding.UTF8.GetString(file).Trim('\uFEFF', ' ', '\t', '\r', '\n');
        return token.Length == 0 ? throw new CredentialException($"The token file '{path}' is empty.")
            : token.All(static c => c is > ' ' and < (char)127) ? token
            : throw new CredentialException($"The token file '{path}' has more than one token in it, or is not text.");
    }
}
