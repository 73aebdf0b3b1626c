using System.Globalization;
using System.Text;
using LeaseElection.RealServer.Tests.Reference.Recording;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>What differs from run to run: filled into a case's texts, and hidden again in what its client did.</summary>
internal sealed class Placeholders(string folder, RecordingServer server)
{
    private static readonly string Authority = Base64(TestCertificates.RootPem);
    private static readonly string Wrong = Base64(TestCertificates.Other.ExportCertificatePem());
    private static readonly string Bundle = Base64(StandardFiles.Bundle);

    private static readonly (string Name, string Value)[] Data =
    [
        ("$bundle", Bundle),
        ("$wrong", Wrong),
        ("$ca", Authority),
        ("$cert", Base64(TestCertificates.Client.ExportCertificatePem())),
        ("$key", Base64(TestCertificates.KeyPem(TestCertificates.Client))),
    ];

    private readonly (string Name, string Value)[] _own =
    [
        ("$folder", folder),
        ("$port", Text(server.Port)),
        ("$proxy", Text(server.Proxy)),
        ("$other", Text(server.OtherProxy)),
    ];

    public string Fill(string text) =>
        Data.Concat(_own).Aggregate(text, (filled, p) => filled.Replace(p.Name, p.Value, StringComparison.Ordinal));

    public string Hide(string text) =>
        Data.Concat(_own).Aggregate(text, (hidden, p) => hidden.Replace(p.Value, p.Name, StringComparison.Ordinal));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
