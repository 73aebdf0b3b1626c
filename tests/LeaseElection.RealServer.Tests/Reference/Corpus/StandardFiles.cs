using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LeaseElection.RealServer.Tests.Reference.Recording;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>What every case finds in its folder.</summary>
internal static class StandardFiles
{
    /// <summary>Gets several authorities in one file, with words between them.</summary>
    public static string Bundle { get; } = $"another\n{TestCertificates.Other.ExportCertificatePem()}\nours\n{TestCertificates.RootPem}";

    public static IReadOnlyDictionary<string, string?> All { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["ca.crt"] = TestCertificates.RootPem,
        ["wrong.crt"] = TestCertificates.Other.ExportCertificatePem(),
        ["bundle.crt"] = Bundle,
        ["intermediate.crt"] = TestCertificates.Intermediate.ExportCertificatePem(),
        ["alice.crt"] = TestCertificates.Client.ExportCertificatePem(),
        ["alice.key"] = TestCertificates.KeyPem(TestCertificates.Client),
        ["alice-pkcs8.key"] = TestCertificates.KeyPem(TestCertificates.Client, pkcs8: true),
        ["alice.pem"] = $"{TestCertificates.KeyPem(TestCertificates.Client)}{TestCertificates.Client.ExportCertificatePem()}",
        ["bob.crt"] = TestCertificates.SecondClient.ExportCertificatePem(),
        ["bob.key"] = TestCertificates.KeyPem(TestCertificates.SecondClient),
        ["token"] = "of-the-file\n",
        ["empty"] = "",
        ["home"] = null,
        ["ran"] = null,
        ["token.json"] = Credential("v1", ("token", "of-the-plugin")),
        ["token-v1beta1.json"] = Credential("v1beta1", ("token", "of-the-plugin")),
        ["certificate.json"] = Credential("v1", Pair(TestCertificates.Client)),
        ["both.json"] = Credential("v1", [("token", "of-the-plugin"), .. Pair(TestCertificates.Client)]),
        ["certificate-alone.json"] = Credential("v1", Pair(TestCertificates.Client)[0]),
        ["nothing.json"] = Credential("v1"),
        ["no-json.json"] = "Logged in.",
    };

    private static (string Field, string Value)[] Pair(X509Certificate2 certificate) =>
    [
        ("clientCertificateData", certificate.ExportCertificatePem()),
        ("clientKeyData", TestCertificates.KeyPem(certificate)),
    ];

    private static string Credential(string version, params (string Field, string Value)[] status) => new JsonObject
    {
        ["apiVersion"] = $"client.authentication.k8s.io/{version}",
        ["kind"] = "ExecCredential",
        ["status"] = new JsonObject(status.Select(field => KeyValuePair.Create(field.Field, (JsonNode?)field.Value))),
    }.ToJsonString();
}
