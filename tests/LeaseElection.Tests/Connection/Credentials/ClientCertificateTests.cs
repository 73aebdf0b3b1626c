using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Exceptions;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Tls;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Connection.Credentials;

/// <summary>Client certificates as data and as real files.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private readonly PluginFolder _folder = new();
    private readonly List<ICredentialProvider> _open = [];
    private readonly (string Certificate, string Key) _one = TestPem.Sign("one"), _two = TestPem.Sign("two");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ManualTimeProvider Time => _folder.Time;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Certificate_AsFileOrData_EachOnItsOwn(bool certificateIsFile, bool keyIsFile)
    {
        Put(_one);
        var provider = Open(new("/etc/kubeconfig", "the-user")
        {
            ClientCertificate = certificateIsFile ? _folder["tls.crt"] : null,
            ClientCertificateData = certificateIsFile ? null : Data(_one.Certificate),
            ClientKey = keyIsFile ? _folder["tls.key"] : null,
            ClientKeyData = keyIsFile ? null : Data(_one.Key),
        });

        var credential = await provider.GetAsync(Token);

        Assert.Null(credential.Authorization);
        Assert.Equal("CN=one", Subject(credential));
        Assert.True(credential.Certificate!.Context.TargetCertificate.HasPrivateKey);
    }

    [Fact]
    public async Task Files_AreRenewed_TheNewPairIsAnotherCertificate()
    {
        Put(_one);
        var provider = OpenFiles();
        var first = await provider.GetAsync(Token);
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await provider.RenewAsync(first, Token)); // read again, and the same
        Assert.Same(first, await provider.GetAsync(Token));
        Put(_two);

        Time.Advance(TimeSpan.FromSeconds(1));
        await PluginFolder.UntilAsync(() => Now(provider) is { } now && Subject(now) == "CN=two");
    }

    [Fact]
    public async Task Files_AreRenewedAndTheOldRefusedAtOnce_TheNewPairFollowsThe401()
    {
        Put(_one);
        var provider = OpenFiles();
        var refused = await provider.GetAsync(Token);
        Put(_two);

        Assert.Equal("CN=two", Subject((await provider.RenewAsync(refused, Token))!));
    }

    [Fact]
    public async Task Files_AreHalfRenewed_TheOldPairServesUntilBothFit()
    {
        Put(_one);
        var provider = OpenFiles();
        var first = await provider.GetAsync(Token);
        _folder.Write("tls.crt", _two.Certificate);

        var error = await Assert.ThrowsAsync<CredentialException>(async () => await provider.RenewAsync(first, Token));
        Assert.Contains(
            "The client certificate of the user 'the-user' in /etc/kubeconfig "
            + $"(client-certificate '{_folder["tls.crt"]}', client-key '{_folder["tls.key"]}') cannot be used: "
            + "the certificate and the key do not belong together",
            error.Message, StringComparison.Ordinal);
        Assert.Same(first, await provider.GetAsync(Token));
        _folder.Write("tls.key", _two.Key);
        Time.Advance(TimeSpan.FromSeconds(1));

        await PluginFolder.UntilAsync(() => Now(provider) is { } now && Subject(now) == "CN=two");
    }

    [Fact]
    public async Task File_IsMissing_SaysWhichAndGoesOnOnceItIsThere()
    {
        Put(_one);
        File.Delete(_folder["tls.key"]);
        var provider = OpenFiles();

        var error = await Assert.ThrowsAsync<CredentialException>(async () => await provider.GetAsync(Token));
        Assert.Contains($"The file '{_folder["tls.key"]}' of client-key cannot be read: ", error.Message, StringComparison.Ordinal);
        Put(_one);
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("CN=one", Subject(await provider.GetAsync(Token)));
    }

    [Theory]
    [InlineData("rsa-1")]
    [InlineData("rsa-8")]
    [InlineData("ec-sec1")]
    [InlineData("ec-sec1-with-parameters")]
    [InlineData("ec-8")]
    [InlineData("ec-both-in-one-with-text-and-crlf")]
    public void Key_OfAnyUsualForm_IsTaken(string form)
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var of = form.StartsWith("rsa", StringComparison.Ordinal) ? TestPem.Self("c", rsa) : TestPem.Self("c", curve);
        var certificate = of.ExportCertificatePem();
        var sec1 = curve.ExportECPrivateKeyPem();
        var key = form switch
        {
            "rsa-1" => rsa.ExportRSAPrivateKeyPem(),
            "rsa-8" => rsa.ExportPkcs8PrivateKeyPem(),
            "ec-sec1" => sec1,
            "ec-sec1-with-parameters" => $"-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n{sec1}",
            "ec-8" => curve.ExportPkcs8PrivateKeyPem(),
            _ => $"Bag Attributes\n{certificate}\nKey\n{curve.ExportPkcs8PrivateKeyPem()}".ReplaceLineEndings("\r\n"),
        };

        Assert.Equal("CN=c", ClientCertificate.Of(key.Contains("CERTIFICATE", StringComparison.Ordinal) ? key : certificate, key)
            .Context.TargetCertificate.Subject);
    }

    [Fact]
    public void Certificate_WithAnIntermediate_SendsBoth()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("root", rootKey, null);
        using var middle = Authority("middle", middleKey, root);
        using var signer = middle.CopyWithPrivateKey(middleKey);
        using var leaf = new CertificateRequest("CN=leaf", leafKey, HashAlgorithmName.SHA256)
            .Create(signer, signer.NotBefore, signer.NotAfter, [1, 2, 3]);

        var context = ClientCertificate.Of(
            leaf.ExportCertificatePem() + "\n" + middle.ExportCertificatePem(), leafKey.ExportPkcs8PrivateKeyPem()).Context;

        Assert.Equal("CN=leaf", context.TargetCertificate.Subject);
        Assert.Equal(["CN=middle"], context.IntermediateCertificates.Select(static certificate => certificate.Subject));
    }

    [Fact]
    public void Key_IsEncrypted_SaysSo()
    {
        using var rsa = RSA.Create(2048);
        using var certificate = TestPem.Self("c", rsa);
        var modern = rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        var old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
            + "-----END RSA PRIVATE KEY-----";

        foreach (var key in (string[])[modern, old])
            Assert.Contains(
                "the private key is encrypted, and nobody is here to type its passphrase",
                Assert.Throws<CryptographicException>(() => ClientCertificate.Of(certificate.ExportCertificatePem(), key)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void Pair_IsOfNoUse_SaysWhichPart()
    {
        Assert.Contains("there is no certificate in PEM", Refused("nothing", _one.Key), StringComparison.Ordinal);
        Assert.Contains("there is no private key in PEM", Refused(_one.Certificate, _one.Certificate), StringComparison.Ordinal);
        Assert.Contains("do not belong together", Refused(_one.Certificate, _two.Key), StringComparison.Ordinal);
        using var rsa = RSA.Create(2048);
        Assert.Contains("do not belong together", Refused(_one.Certificate, rsa.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_IsOfNoUse_IsRefusedAtOnce()
    {
        var user = new UserEntry("/etc/kubeconfig", "the-user")
        {
            ClientCertificateData = Data(_one.Certificate),
            ClientKeyData = Data(_two.Key),
        };

        Assert.Contains("(client-certificate-data, client-key-data) cannot be used: ", Refused(user), StringComparison.Ordinal);
        Assert.Contains("client-key-data is not base64", Refused(user with { ClientKeyData = "%" }), StringComparison.Ordinal);
        Assert.Contains("client-certificate has no key", Refused(user with { ClientKeyData = null }), StringComparison.Ordinal);
        Assert.Contains(
            "client-certificate and client-certificate-data are both set",
            Refused(user with { ClientCertificate = "/x" }),
            StringComparison.Ordinal);
        Assert.Contains("client-key and client-key-data are both set", Refused(user with { ClientKey = "/x" }), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (var provider in _open)
            provider.Dispose();
        _folder.Dispose();
    }

    private static string Data(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    private static string Subject(Credential credential) => credential.Certificate!.Context.TargetCertificate.Subject;

    private static string Refused(string certificate, string key) =>
        Assert.Throws<CryptographicException>(() => ClientCertificate.Of(certificate, key)).Message;

    private string Refused(UserEntry user) => Assert.Throws<KubeConfigException>(() => Open(user)).Message;

    private static X509Certificate2 Authority(string name, ECDsa key, X509Certificate2? issuer)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var (from, to) = (new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return issuer is null ? request.CreateSelfSigned(from, to) : request.Create(issuer, from, to, [4, 5, 6]);
    }

    // What a request gets now, without waiting.
    private static Credential? Now(ICredentialProvider provider)
    {
        var asked = provider.GetAsync(Token).AsTask();
        return asked.IsCompletedSuccessfully ? asked.Result : null;
    }

    private void Put((string Certificate, string Key) pair)
    {
        _folder.Write("tls.crt", pair.Certificate);
        _folder.Write("tls.key", pair.Key);
    }

    private ICredentialProvider OpenFiles() => Open(new("/etc/kubeconfig", "the-user")
    {
        ClientCertificate = _folder["tls.crt"],
        ClientKey = _folder["tls.key"],
    });

    private ICredentialProvider Open(UserEntry user)
    {
        var provider = CredentialProviders.Open(user, PluginFolder.Cluster, SystemEnvironment.This, Time);
        _open.Add(provider);
        return provider;
    }
}
