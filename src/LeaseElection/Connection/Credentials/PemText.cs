using System.Text;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Credentials;

/// <summary>A certificate or a key, as a kubeconfig names it.</summary>
/// <param name="Field">The field, for people.</param>
/// <param name="Path">The file; null where the text itself is given.</param>
/// <param name="Text">The text; null where a file is named.</param>
internal sealed record PemText(string Field, string? Path, string? Text)
{
    /// <exception cref="CredentialException">The file cannot be read.</exception>
    public string Read(ISystemEnvironment machine)
    {
        if (Path is null)
            return Text!;
        try
        {
            return Encoding.UTF8.GetString(machine.ReadFile(Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException($"The file '{Path}' of {Field} cannot be read: {e.Message}", e);
        }
    }
}
