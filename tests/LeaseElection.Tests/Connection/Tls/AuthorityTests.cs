using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Exceptions;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Tests.Connection.Tls;

/// <summary>Where authorities come from: a kubeconfig's data, and files that are swapped. With real files.</summary>
public sealed class AuthorityTests : IDisposable
{
    private static readonly X509Certificate2 One = TestPki.Authority("one"), Two = TestPki.Authority("two");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("authorities");

    private string Path => System.IO.Path.Combine(_folder.FullName, "ca.crt");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Data_BundleWithCommentsAndAKey_GivesItsCertificates()
    {
        var key = One.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        var text = $"# Issuer: one\n{One.ExportCertificatePem()}\n{key}\n\n# two\r\n{Two.ExportCertificatePem()}\n";

        Assert.Equal(["CN=one", "CN=two"], Names(AuthorityData.Read(Base64(text), "cluster 'a'")));
    }

    [Fact]
    public void Data_WrappedBase64_IsRead()
    {
        var wrapped = Convert.ToBase64String(TestPki.Pem(One), Base64FormattingOptions.InsertLineBreaks);

        Assert.Equal(["CN=one"], Names(AuthorityData.Read(wrapped, "cluster 'a'")));
    }

    [Fact]
    public void Data_OneBrokenBlockOfTwo_IsPassedOverAsKubectlDoes()
    {
        var text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + Two.ExportCertificatePem();

        Assert.Equal(["CN=two"], Names(AuthorityData.Read(Base64(text), "cluster 'a'")));
    }

    public static TheoryData<string, string> NoAuthorities => new()
    {
        { "not base64!", "is no base64" },
        { One.ExportCertificatePem(), "is PEM text itself" },
        { Base64("hello"), "something that is no PEM text" },
        { Base64(" \n"), "base64 of nothing" },
        { "", "base64 of nothing" },
        { Base64(One.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()), "a private key" },
        { Base64("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), "no certificate can be read" },
        { Convert.ToBase64String(One.RawData), "DER form" },
    };

    [Theory]
    [MemberData(nameof(NoAuthorities), DisableDiscoveryEnumeration = true)]
    public void Data_NoCertificate_IsRefusedAndTheMachinesAuthoritiesDoNotStandIn(string data, string says)
    {
        var refusal = Assert.Throws<KubeConfigException>(() => AuthorityData.Read(data, "cluster 'a' in '/k'"));

        Assert.Contains("'certificate-authority-data' of cluster 'a' in '/k' is", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("base64 -w0 ca.crt", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_Changed_IsReadAgain()
    {
        File.WriteAllBytes(Path, TestPki.Pem(One));
        var file = new AuthorityFile(Path, SystemEnvironment.This);
        Assert.Equal(["CN=one"], Names(file));

        File.WriteAllBytes(Path, TestPki.Pem(One, Two));

        Assert.Equal(["CN=one", "CN=two"], Names(file));
        Assert.Same(file.Read(), file.Read());
    }

    [Fact]
    public void File_LinkSwappedToAnOlderFile_IsReadAgain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The kubelet's swap needs symbolic links.");
        var (old, young) = (_folder.CreateSubdirectory("..1"), _folder.CreateSubdirectory("..2"));
        foreach (var (folder, authority) in new[] { (old, Two), (young, One) })
            File.WriteAllBytes(System.IO.Path.Combine(folder.FullName, "ca.crt"), TestPki.Pem(authority));
        var data = System.IO.Path.Combine(_folder.FullName, "..data");
        Directory.CreateSymbolicLink(data, young.Name);
        File.CreateSymbolicLink(Path, "..data/ca.crt");
        var file = new AuthorityFile(Path, SystemEnvironment.This);
        Assert.Equal(["CN=one"], Names(file));

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, old.Name);

        Assert.Equal(["CN=two"], Names(file));
    }

    [Fact]
    public void File_GoneOrBroken_KeepsWhatItHadAndSaysSoUntilItIsWhole()
    {
        File.WriteAllBytes(Path, TestPki.Pem(One));
        var file = new AuthorityFile(Path, SystemEnvironment.This);

        File.Delete(Path);
        Assert.Equal(["CN=one"], Names(file));
        Assert.Contains("as it was before; now it cannot be read", file.Source, StringComparison.Ordinal);

        File.WriteAllText(Path, "-----BEGIN CERT");
        Assert.Equal(["CN=one"], Names(file));
        Assert.Contains("now it has no certificate", file.Source, StringComparison.Ordinal);

        File.WriteAllBytes(Path, TestPki.Pem(Two));
        Assert.Equal(["CN=two"], Names(file));
        Assert.Equal($"'{Path}'", file.Source);
    }

    [Fact]
    public void File_MissingAtFirst_IsRefused()
    {
        var refusal = Assert.Throws<KubeConfigException>(() => new AuthorityFile(Path, SystemEnvironment.This));

        Assert.Contains($"'{Path}' cannot be read", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Name a PEM file", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_DirectoryOrWithoutCertificateAtFirst_IsRefused()
    {
        Assert.Contains(
            "cannot be read",
            Assert.Throws<KubeConfigException>(() => new AuthorityFile(_folder.FullName, SystemEnvironment.This)).Message,
            StringComparison.Ordinal);
        File.WriteAllText(Path, "# empty\n");

        var refusal = Assert.Throws<KubeConfigException>(() => new AuthorityFile(Path, SystemEnvironment.This));

        Assert.Contains($"'{Path}' has no certificate", refusal.Message, StringComparison.Ordinal);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Names(IAuthorities authorities) => authorities.Read().Select(static certificate => certificate.Subject);
}
