using System.Globalization;
using System.Text;
using k8s.Exceptions;
using LeaseElection.Connection.Configuration;

namespace LeaseElection.Tests.Connection.Configuration;

/// <summary>
/// Kubeconfigs that were changed at random are read or refused, with a message that names the file; nothing else happens. With
/// LEASEELECTION_FUZZ_MINUTES it goes on for so long, with new seeds.
/// </summary>
public sealed class KubeconfigFuzzTests
{
    private const string Minutes = "LEASEELECTION_FUZZ_MINUTES";
    private const int Cases = 1_500;

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ": ", "- ", "\n", "\n  ", "'", "\"", "|\n", ">\n", "*x", "&x ", "<<: ", "!!binary ", "!foo ", "? ", "# ", "~", "null", "yes",
        "0x1F", "-1", "1e9", ".inf", "2024-01-01", "---\n", "...\n", "%YAML 1.2\n", "\t", "\0", "\u0085", "\uFEFF", "\uD800", "é", "%2F", "\\", ",",
        "token: t", "tokenFile: /a/tok", "as: joe", "as-groups: [g]", "exec: {}", "server: 'http://a'", "server: '://'", "auth-provider: {name: x}",
        "certificate-authority-data: aGVsbG8=", "certificate-authority: /a/tok", "client-certificate-data: aGVsbG8=", "client-key-data: aGVsbG8=",
        "insecure-skip-tls-verify: true", "proxy-url: 'http://['", "name: ", "user: ", "cluster: ", "context: ", "namespace: A",
    ];

    private static readonly string[] Seeds =
    [
        SampleKubeconfig.Text(),
        SampleKubeconfig.Text("{tokenFile: tok, as: joe, as-groups: [a], as-user-extra: {k: [v]}}", "{server: 'https://a.test/x', proxy-url: 'socks5://p:1', tls-server-name: n}"),
        SampleKubeconfig.Text("{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./x, args: [a], env: [{name: a, value: b}], interactiveMode: Never}}"),
        "x: &d {token: t}\n" + SampleKubeconfig.Text("{<<: *d, username: a}"),
        """{"kind":"Config","current-context":"a","contexts":[{"name":"a","context":{"cluster":"c"}}],"clusters":[{"name":"c","cluster":{"server":"https://a"}}]}""",
    ];

    [Fact]
    public void AnyFile_IsReadOrRefused()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable(Minutes) ?? "0", CultureInfo.InvariantCulture);
        var (time, began) = (TimeProvider.System, TimeProvider.System.GetTimestamp());
        var used = 0;
        var seed = 0;
        for (; seed < Cases || time.GetElapsedTime(began).TotalMinutes < minutes; seed++)
        {
            var content = Changed(new Random(seed));
            try
            {
                used += IsUsed(content) ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}\n{Encoding.UTF8.GetString(content)}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{seed} files, of which {used} can be used");
        Assert.InRange(used, seed / 20, seed * 19 / 20);
    }

    private static bool IsUsed(byte[] content)
    {
        var machine = new FakeMachine();
        machine.Write("/a/tok", "of-file");
        machine.Variables["KUBECONFIG"] = "/a/config";
        machine.Files["/a/config"] = content;
        try
        {
            var access = new KubernetesConfigurationLocator(() => null, machine).Find(ClusterSource.Auto);
            Assert.True(access.Server.IsAbsoluteUri && access.Server.AbsoluteUri.EndsWith('/') && access.Source.Contains("/a/config", StringComparison.Ordinal));
            return true;
        }
        catch (KubeConfigException e)
        {
            Assert.Contains("/a/config", e.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static byte[] Changed(Random random)
    {
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (var i = random.Next(5); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(4))
            {
                case 0:
                    text.Insert(at, Words[random.Next(Words.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(12), text.Length - at));
                    break;
                case 2:
                    text.Insert(at, text.ToString(at, Math.Min(random.Next(40), text.Length - at)));
                    break;
                case 3 when at < text.Length:
                    text[at] = (char)random.Next(random.Next(2) == 0 ? 128 : 0x10000);
                    break;
            }
        }

        var content = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(20) == 0 && content.Length > 0)
            content[random.Next(content.Length)] = (byte)random.Next(256);
        return content;
    }
}
