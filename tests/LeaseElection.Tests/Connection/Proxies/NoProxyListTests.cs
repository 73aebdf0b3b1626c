using LeaseElection.Connection.Proxies;

namespace LeaseElection.Tests.Connection.Proxies;

/// <summary>
/// Go's rules for NO_PROXY, case by case. kubectl 1.32 was asked for each: it differs in LOCALHOST in capitals, which URLs of .NET never have.
/// </summary>
public sealed class NoProxyListTests
{
    [Theory]

    // The loopback address and localhost go directly without any entry; what only looks like them does not.
    [InlineData(null, "localhost", 443, true)]
    [InlineData("", "LOCALHOST", 443, true)]
    [InlineData(null, "127.0.0.1", 6443, true)]
    [InlineData(null, "127.8.9.10", 443, true)]
    [InlineData(null, "::1", 443, true)]
    [InlineData(null, "::ffff:127.0.0.1", 443, true)]
    [InlineData(null, "localhost.localdomain", 443, false)]
    [InlineData(null, "api.localhost", 443, false)]
    [InlineData(null, "128.0.0.1", 443, false)]
    [InlineData(null, "api.test", 443, false)]

    // Everything.
    [InlineData("*", "api.test", 443, true)]
    [InlineData("*", "10.0.0.1", 443, true)]
    [InlineData(" other.test , * ", "api.test", 443, true)]
    [InlineData("*,other.test", "fd00::1", 443, true)]
    [InlineData("**", "api.test", 443, false)]
    [InlineData("*:443", "api.test", 443, false)]

    // A domain, and what is below it.
    [InlineData("test", "test", 443, true)]
    [InlineData("test", "api.test", 443, true)]
    [InlineData("test", "a.b.test", 443, true)]
    [InlineData("test", "apitest", 443, false)]
    [InlineData("test", "api.test.example", 443, false)]
    [InlineData("api.test", "api.test", 443, true)]
    [InlineData("api.test", "test", 443, false)]
    [InlineData("TEST", "Api.Test", 443, true)]
    [InlineData("other.test, api.test", "api.test", 443, true)]
    [InlineData("other.test api.test", "api.test", 443, false)]

    // What is below a domain, without the domain.
    [InlineData(".test", "api.test", 443, true)]
    [InlineData(".test", "test", 443, false)]
    [InlineData("*.test", "api.test", 443, true)]
    [InlineData("*.test", "a.b.test", 443, true)]
    [InlineData("*.test", "test", 443, false)]
    [InlineData("*test", "api.test", 443, false)]
    [InlineData("a.*.test", "a.b.test", 443, false)]

    // With a port.
    [InlineData("api.test:443", "api.test", 443, true)]
    [InlineData("api.test:443", "api.test", 6443, false)]
    [InlineData("test:443", "api.test", 443, true)]
    [InlineData(".test:443", "api.test", 443, true)]
    [InlineData("*.test:443", "api.test", 6443, false)]
    [InlineData("api.test:", "api.test", 443, true)]
    [InlineData("api.test:https", "api.test", 443, false)]
    [InlineData("10.0.0.1:443", "10.0.0.1", 443, true)]
    [InlineData("10.0.0.1:443", "10.0.0.1", 6443, false)]
    [InlineData("[fd00::1]:443", "fd00::1", 443, true)]
    [InlineData("[fd00::1]:443", "fd00::1", 6443, false)]
    [InlineData(":443", "api.test", 443, false)]

    // Addresses.
    [InlineData("10.0.0.1", "10.0.0.1", 443, true)]
    [InlineData("10.0.0.1", "10.0.0.11", 443, false)]
    [InlineData("10.0.0.1", "110.0.0.1", 443, false)]
    [InlineData("0.0.1", "10.0.0.1", 443, false)]
    [InlineData("10.1", "10.0.0.1", 443, false)]
    [InlineData("010.0.0.1", "10.0.0.1", 443, false)]
    [InlineData("fd00::1", "fd00::1", 443, true)]
    [InlineData("fd00:0:0:0::1", "fd00::1", 443, true)]
    [InlineData("FD00::1", "fd00::1", 443, true)]
    [InlineData("fd00::1", "fd00::2", 443, false)]
    [InlineData("[fd00::1]", "fd00::1", 443, false)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", 443, true)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", 443, true)]

    // Ranges of addresses; names are not resolved for them.
    [InlineData("10.0.0.0/8", "10.200.3.4", 443, true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", 443, false)]
    [InlineData("10.1.2.3/8", "10.200.3.4", 443, true)]
    [InlineData("10.0.0.0/31", "10.0.0.1", 443, true)]
    [InlineData("10.0.0.0/31", "10.0.0.2", 443, false)]
    [InlineData("10.0.0.1/32", "10.0.0.1", 443, true)]
    [InlineData("0.0.0.0/0", "192.168.1.1", 443, true)]
    [InlineData("0.0.0.0/0", "fd00::1", 443, false)]
    [InlineData("fd00::/8", "fd12::3", 443, true)]
    [InlineData("fd00::/8", "fe80::1", 443, false)]
    [InlineData("::/0", "fe80::1", 443, true)]
    [InlineData("10.0.0.0/8", "api.test", 443, false)]
    [InlineData("10.0.0.0/33", "10.0.0.1", 443, false)]
    [InlineData("10.0.0.0/8:443", "10.0.0.1", 443, false)]
    [InlineData("10.0.0.0/8,.svc,.cluster.local", "10.96.0.1", 443, true)]
    [InlineData("10.0.0.0/8,.svc,.cluster.local", "kubernetes.default.svc", 443, true)]

    // Odd ones.
    [InlineData(",,", "api.test", 443, false)]
    [InlineData(".", "api.test", 443, false)]
    [InlineData("*.", "api.test", 443, false)]
    [InlineData("bücher.test", "xn--bcher-kva.test", 443, true)]
    [InlineData("*.bücher.test", "api.xn--bcher-kva.test", 443, true)]
    [InlineData("10.0.0.1.test", "10.0.0.1", 443, false)]
    [InlineData("1", "10.0.0.1", 443, false)]
    [InlineData("https://api.test", "api.test", 443, false)]
    public void Host_IsNamedByTheListOrNot(string? list, string host, int port, bool named) =>
        Assert.Equal(named, new NoProxyList(list).Names(host, port));
}
