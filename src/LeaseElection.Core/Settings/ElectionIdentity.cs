using System.Security.Cryptography;

namespace LeaseElection.Settings;

/// <summary>
/// Makes identities: the name that a person would look for, and random digits, because two electors must never share one.
/// </summary>
internal static class ElectionIdentity
{
    private const int RandomDigits = 16;

    public static string Create(Func<string, string?> environment)
    {
        string?[] names = [environment("POD_NAME"), environment("HOSTNAME"), Environment.MachineName];
        var name = names.First(n => !string.IsNullOrWhiteSpace(n))!.Trim();
        return $"{name}_{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}";
    }
}
