using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Machine;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Connection.Credentials;

/// <summary>Plugins over time, with real processes and a clock that the tests move.</summary>
public sealed class PluginRenewalTests : IDisposable
{
    private readonly PluginFolder _folder = new();
    private readonly List<ICredentialProvider> _open = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ManualTimeProvider Time => _folder.Time;

    [Fact]
    public async Task Refresh_ComesBeforeTheEnd_AndNobodyWaits()
    {
        _folder.Answer("first", Seconds(40));
        var provider = Open();
        await provider.GetAsync(Token);
        _folder.Answer("second", Seconds(80));

        Time.Advance(Seconds(31));
        Assert.Equal("Bearer first", Now(provider));
        Assert.Single(_folder.Runs);
        Time.Advance(Seconds(1));

        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer second");
        Assert.Equal(2, _folder.Runs.Length);
    }

    /// <summary>Forty elections, each with a connection of its own; each try used to start a process and to block a pool thread.</summary>
    [Fact]
    public async Task Refresh_Hangs_OneProcessForAllAndTheOldTokenServes()
    {
        _folder.Answer("first", Seconds(40));
        var providers = Enumerable.Range(0, 40).Select(_ => Open()).ToArray();
        await Task.WhenAll(providers.Select(async provider => await provider.GetAsync(Token)));
        Assert.Single(_folder.Runs);
        _folder.Hang();

        Time.Advance(Seconds(32));
        await PluginFolder.UntilAsync(() => _folder.Runs.Length == 2);
        for (var i = 0; i < 7; i++)
        {
            Time.Advance(Seconds(1));
            Assert.All(providers, static provider => Assert.Equal("Bearer first", Now(provider)));
        }

        Time.Advance(Seconds(1));
        var waiting = providers.Select(async provider => await provider.GetAsync(Token)).ToArray();
        Assert.All(waiting, static wait => Assert.False(wait.IsCompleted));
        Assert.All(providers, static provider => Assert.Equal("the credential plugin '/bin/sh' (8 s)", provider.WaitsFor));

        // Given up after its 30 s, killed, and tried again a second later.
        var hung = _folder.Runs[1];
        Time.Advance(Seconds(22));
        var error = await Assert.ThrowsAsync<CredentialException>(() => waiting[0].WaitAsync(Seconds(30), TimeProvider.System, Token));
        Assert.Contains("gave no answer within 30 s and was ended", error.Message, StringComparison.Ordinal);
        Assert.False(PluginFolder.Lives(hung));
        Assert.Equal(2, _folder.Runs.Length);
        _folder.GoOn();
        _folder.Answer("second");
        Time.Advance(Seconds(1));
        await PluginFolder.UntilAsync(() => providers.All(static provider => Now(provider) == "Bearer second"));
        Assert.Equal(3, _folder.Runs.Length);
    }

    [Fact]
    public async Task Start_IsSlow_OthersSayForWhatTheyWait()
    {
        _folder.Hang();
        var provider = Open();
        Assert.Null(provider.WaitsFor);

        var first = provider.GetAsync(Token).AsTask();
        using var impatient = new CancellationTokenSource();
        var second = provider.GetAsync(impatient.Token).AsTask();
        await PluginFolder.UntilAsync(() => _folder.Runs.Length == 1);
        Time.Advance(Seconds(8));
        Assert.Equal("the credential plugin '/bin/sh' (8 s)", provider.WaitsFor);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task ManyPluginsHang_ThePoolIsFree()
    {
        _folder.Hang();
        var providers = Enumerable.Range(0, 60).Select(i => Open($"{i}")).ToArray();
        var waiting = providers.Select(async provider => await provider.GetAsync(Token)).ToArray();
        await PluginFolder.UntilAsync(() => _folder.Runs.Length == 60);

        // A pool of two threads that grows by one or two a second would need half a minute to come to these.
        var work = Enumerable.Range(0, 100).Select(static _ => Task.Run(static () => { }, Token));
        await Task.WhenAll(work).WaitAsync(Seconds(10), TimeProvider.System, Token);

        Assert.All(waiting, static wait => Assert.False(wait.IsCompleted));
    }

    [Fact]
    public async Task Dispose_WhileThePluginRuns_LeavesNoProcess()
    {
        _folder.Hang();
        var (one, other) = (Open(), Open());
        var (waiting, alsoWaiting) = (one.GetAsync(Token).AsTask(), other.GetAsync(Token).AsTask());
        await PluginFolder.UntilAsync(() => _folder.Runs.Length == 1 && PluginFolder.ChildrenOf(_folder.Runs[0]).Length == 1);
        var (process, child) = (_folder.Runs[0], PluginFolder.ChildrenOf(_folder.Runs[0])[0]);

        one.Dispose();
        one.Dispose();
        Assert.True(PluginFolder.Lives(process), "the other connection waits for it");
        other.Dispose();

        await PluginFolder.UntilAsync(() => !PluginFolder.Lives(process) && !PluginFolder.Lives(child));
        await Assert.ThrowsAsync<CredentialException>(() => waiting);
        await Assert.ThrowsAsync<CredentialException>(() => alsoWaiting);
        await Assert.ThrowsAsync<CredentialException>(async () => await other.GetAsync(Token));
        await PluginFolder.UntilAsync(() => Time.ArmedTimers == 0);
    }

    [Fact]
    public async Task NoExpiry_IsKeptUntilTheServerRefusesIt_ThenOneRunForAll()
    {
        var provider = Open();
        var refused = await provider.GetAsync(Token);
        Time.Advance(TimeSpan.FromDays(2));
        Assert.Same(refused, await provider.GetAsync(Token));
        Assert.Single(_folder.Runs);
        _folder.Answer("second");

        var renewed = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ => await provider.RenewAsync(refused, Token)));

        Assert.All(renewed, static credential => Assert.Equal("Bearer second", credential?.Authorization));
        Assert.Equal(2, _folder.Runs.Length);
    }

    [Fact]
    public async Task Refused_AgainAndAgain_RunsEachFewSeconds()
    {
        _folder.Answer("first", Seconds(3600));
        var provider = Open();
        var refused = await provider.GetAsync(Token);

        for (var i = 0; i < 10; i++)
        {
            Assert.Null(await provider.RenewAsync(refused, Token)); // the same token as before
            Time.Advance(Seconds(1));
        }

        Assert.Equal(3, _folder.Runs.Length);
        Assert.Same(refused, await provider.GetAsync(Token));
    }

    [Fact]
    public async Task Refused_ThePluginFails_SaysWhyAndTriesAgain()
    {
        var provider = Open();
        var refused = await provider.GetAsync(Token);
        _folder.Write("answer", "nothing of use");

        var error = await Assert.ThrowsAsync<CredentialException>(async () => await provider.RenewAsync(refused, Token));
        Assert.Contains("not JSON", error.Message, StringComparison.Ordinal);
        _folder.Answer("second");
        Time.Advance(Seconds(1));

        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer second");
    }

    [Fact]
    public async Task Certificate_OfAMinute_IsRenewedAsAnotherObject()
    {
        var (certificate, key) = TestPem.Sign("one");
        _folder.Answer(life: Seconds(60), certificate: certificate, key: key);
        var provider = Open();
        var first = await provider.GetAsync(Token);
        Assert.Null(first.Authorization);
        Assert.Equal("CN=one", first.Certificate!.Context.TargetCertificate.Subject);

        (certificate, key) = TestPem.Sign("two");
        _folder.Answer(token: "t", life: Seconds(120), certificate: certificate, key: key);
        Time.Advance(Seconds(48));
        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer t");
        var second = await provider.GetAsync(Token);

        Assert.Equal("CN=two", second.Certificate!.Context.TargetCertificate.Subject);

        // The same again: no new connection for that.
        _folder.Answer(token: "u", life: Seconds(600), certificate: certificate, key: key);
        Time.Advance(Seconds(60));
        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer u");
        Assert.Same(second.Certificate, (await provider.GetAsync(Token)).Certificate);
    }

    [Fact]
    public async Task Certificate_WithoutATimestamp_IsRenewedBeforeItEnds()
    {
        var (certificate, key) = TestPem.Sign("one", Time.GetUtcNow() + Seconds(100));
        _folder.Answer(certificate: certificate, key: key);
        var provider = Open();
        await provider.GetAsync(Token);
        _folder.Answer("second");

        Time.Advance(Seconds(81));

        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer second");
    }

    [Fact]
    public async Task WallClock_StepsBack_TheTokenIsRenewedInTimeAllTheSame()
    {
        _folder.Answer("first", Seconds(40));
        var provider = Open();
        await provider.GetAsync(Token);
        Time.StepWall(TimeSpan.FromHours(-3));
        _folder.Answer("second", Seconds(40));

        Time.Advance(Seconds(32));

        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer second");
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(0)]
    public async Task Expiry_HasPassedAlready_IsUsedAndDoesNotLoop(int life)
    {
        _folder.Answer("first", Seconds(life));
        var provider = Open();

        Assert.Equal("Bearer first", (await provider.GetAsync(Token)).Authorization);
        for (var runs = 1; runs <= 3; runs++)
        {
            Assert.Equal(runs, _folder.Runs.Length);
            Assert.Equal("Bearer first", Now(provider));
            Time.Advance(Seconds(1 << (runs - 1)));
            await PluginFolder.UntilAsync(() => _folder.Runs.Length == runs + 1);
            await provider.GetAsync(Token);
        }
    }

    [Fact]
    public async Task Expiry_IsAbsurd_IsKept()
    {
        _folder.Write("answer", $$$"""
            {"kind":"ExecCredential","apiVersion":"{{{PluginFolder.V1}}}",
            "status":{"token":"t","expirationTimestamp":"9999-12-31T23:59:59Z"}}
            """);
        var provider = Open();
        await provider.GetAsync(Token);

        Time.Advance(TimeSpan.FromDays(400));

        Assert.Equal("Bearer t", Now(provider));
        Assert.Single(_folder.Runs);
    }

    [Fact]
    public async Task Refresh_Fails_TheOldServesToItsEndThenTheReasonIsSaid()
    {
        _folder.Answer("first", Seconds(40));
        var provider = Open();
        await provider.GetAsync(Token);
        File.Delete(_folder["answer"]);

        Time.Advance(Seconds(32));
        await PluginFolder.UntilAsync(() => _folder.Runs.Length == 2);
        Assert.Equal("Bearer first", Now(provider));
        await provider.RenewAsync(new("Bearer older"), Token);
        await PausesAsync(2, Seconds(1));

        // Runs go on in the background, with pauses of 1, 2, 4 s.
        Time.Advance(Seconds(1));
        await PausesAsync(3, Seconds(2));
        Time.Advance(Seconds(2));
        await PausesAsync(4, Seconds(4));
        Time.Advance(Seconds(4));
        await PausesAsync(5, Seconds(8));
        Assert.Equal("Bearer first", Now(provider));
        Time.Advance(Seconds(1));

        var error = await Assert.ThrowsAsync<CredentialException>(async () => await provider.GetAsync(Token));
        Assert.Contains("failed with exit code 1. It said: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("It is tried again in 7 s.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherArgumentsEnvironmentOrCluster_IsAnotherPlugin()
    {
        var other = PluginFolder.Cluster with { Server = "https://other.test" };
        var providers = new[]
        {
            Open(), Open("a"), Open("a", "b"), Open("a b"),
            Add(_folder.Open(_folder.Entry() with { Environment = [new("X", "1")] })),
            Add(_folder.Open(_folder.Entry() with { Environment = [new("X", "2")] })),
            Add(_folder.Open(_folder.Entry() with { ProvideClusterInfo = true })),
            Add(_folder.Open(_folder.Entry() with { ProvideClusterInfo = true }, other)),
            Add(_folder.Open(cluster: other)), // not told of it: as the first
        };

        await Task.WhenAll(providers.Select(async provider => await provider.GetAsync(Token)));

        Assert.Equal(8, _folder.Runs.Length);
    }

    [Fact]
    public async Task Child_KeepsTheOutputOpen_TheAnswerIsTaken()
    {
        using var folder = new PluginFolder("sleep 1000 & echo $! >> runs; cat answer");
        var user = new UserEntry("/etc/kubeconfig", "the-user") { Exec = folder.Entry() };
        try
        {
            // By the real clock: a moment is waited for what the system has yet to hand over.
            using var provider = CredentialProviders.Open(user, PluginFolder.Cluster, SystemEnvironment.This, TimeProvider.System);

            Assert.Equal("Bearer first", (await provider.GetAsync(Token)).Authorization);
        }
        finally
        {
            using var child = System.Diagnostics.Process.GetProcessById(folder.Runs[0]);
            child.Kill();
        }
    }

    public void Dispose()
    {
        foreach (var provider in _open)
            provider.Dispose();
        foreach (var process in _folder.Runs)
            SpinWait.SpinUntil(() => !PluginFolder.Lives(process), Seconds(10));
        _folder.Dispose();
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    // Without waiting: what a request gets.
    private static string? Now(ICredentialProvider provider)
    {
        var asked = provider.GetAsync(Token).AsTask();
        return asked.IsCompletedSuccessfully ? asked.Result.Authorization : null;
    }

    // The run is over: its own timers, of 30 and 1.5 s, are gone, and the pause's is there.
    private Task PausesAsync(int runs, TimeSpan pause) => PluginFolder.UntilAsync(
        () => _folder.Runs.Length == runs
            && Time.ArmedTimers == 1 && Time.UntilNextTimer is { } next && next <= pause && next > pause * 0.9);

    private ICredentialProvider Open(params string[] arguments) => Add(_folder.Open(_folder.Entry(arguments)));

    private ICredentialProvider Add(ICredentialProvider provider)
    {
        _open.Add(provider);
        return provider;
    }
}
