using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Machine;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Connection.Credentials;

/// <summary>A token in a real file, as a kubelet, a sidecar or a person replaces it.</summary>
public sealed class TokenFileTests : IDisposable
{
    private readonly PluginFolder _folder = new();
    private readonly List<ICredentialProvider> _open = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ManualTimeProvider Time => _folder.Time;

    [Fact]
    public async Task File_IsRead_WithoutTheSpaceAround()
    {
        _folder.Write("token", " \uFEFFfirst\r\n\n");

        Assert.Equal(new Credential("Bearer first"), await Open().GetAsync(Token));
    }

    [Fact]
    public async Task File_IsReplacedAsKubeletsDo_IsReadAgainWithinASecond()
    {
        foreach (var (version, token) in (IEnumerable<(string, string)>)[("..1", "first"), ("..2", "other")])
        {
            Directory.CreateDirectory(_folder[version]);
            File.WriteAllText(_folder[$"{version}/token"], token);
            File.SetLastWriteTimeUtc(_folder[$"{version}/token"], Time.GetUtcNow().UtcDateTime);
        }

        File.CreateSymbolicLink(_folder["..data"], "..1");
        File.CreateSymbolicLink(_folder["token"], "..data/token");
        var provider = Open();
        await provider.GetAsync(Token);

        File.Delete(_folder["..data"]);
        File.CreateSymbolicLink(_folder["..data"], "..2");
        Assert.Equal("Bearer first", Now(provider));
        Time.Advance(TimeSpan.FromSeconds(1));

        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer other");
    }

    [Fact]
    public async Task File_IsReplacedAndTheOldRevokedAtOnce_TheNewOneFollowsThe401()
    {
        _folder.Write("token", "first");
        var provider = Open();
        var refused = await provider.GetAsync(Token);
        _folder.Write("token", "second");

        var renewed = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await provider.RenewAsync(refused, Token)));

        Assert.All(renewed, static credential => Assert.Equal("Bearer second", credential?.Authorization));
        Assert.Null(await provider.RenewAsync(renewed[0]!, Token));
    }

    [Fact]
    public async Task WallClock_StepsBack_TheFileIsReadAgainAllTheSame()
    {
        _folder.Write("token", "first");
        var provider = Open();
        await provider.GetAsync(Token);
        Time.StepWall(TimeSpan.FromHours(-1));
        _folder.Write("token", "second");

        Time.Advance(TimeSpan.FromSeconds(1));

        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer second");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("two tokens")]
    [InlineData(null)]
    public async Task File_IsOfNoUseForAWhile_TheLastTokenServes(string? text)
    {
        _folder.Write("token", "first");
        var provider = Open();
        var first = await provider.GetAsync(Token);
        if (text is null)
            File.Delete(_folder["token"]);
        else
            _folder.Write("token", text);

        await Assert.ThrowsAsync<CredentialException>(async () => await provider.RenewAsync(first, Token));
        Assert.Same(first, await provider.GetAsync(Token));
        _folder.Write("token", "second");
        Time.Advance(TimeSpan.FromSeconds(1));

        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer second");
    }

    [Fact]
    public async Task File_IsNotThereYet_SaysSoUntilItIs()
    {
        var provider = Open();
        var error = await Assert.ThrowsAsync<CredentialException>(async () => await provider.GetAsync(Token));
        Assert.Contains($"The token file '{_folder["token"]}' cannot be read: ", error.Message, StringComparison.Ordinal);
        _folder.Write("token", "first");
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Bearer first", (await provider.GetAsync(Token)).Authorization);
    }

    [Fact]
    public async Task Fallback_ServesUntilTheFileIsThere()
    {
        var provider = Open("given");
        Assert.Equal("Bearer given", (await provider.GetAsync(Token)).Authorization);
        _folder.Write("token", "first");
        Time.Advance(TimeSpan.FromSeconds(1));

        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer first");
    }

    /// <summary>A file system that hangs costs one thread, not one a request, and no request waits.</summary>
    [Fact]
    public async Task Read_Hangs_TheLastTokenServes()
    {
        using var slow = new SlowFiles();
        var provider = Add(new TokenFileCredentials("/slow/token", slow, Time));
        slow.Proceed.Set();
        var first = await provider.GetAsync(Token);
        slow.Proceed.Reset();

        for (var i = 0; i < 5; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(first.Authorization, Now(provider));
        }

        await PluginFolder.UntilAsync(() => slow.Reads == 2);
        slow.Proceed.Set();
        await PluginFolder.UntilAsync(() => Now(provider) == "Bearer token-2");
    }

    public void Dispose()
    {
        foreach (var provider in _open)
            provider.Dispose();
        _folder.Dispose();
    }

    private static string? Now(ICredentialProvider provider)
    {
        var asked = provider.GetAsync(Token).AsTask();
        return asked.IsCompletedSuccessfully ? asked.Result.Authorization : null;
    }

    private ICredentialProvider Open(string? fallback = null) =>
        Add(new TokenFileCredentials(_folder["token"], SystemEnvironment.This, Time, fallback));

    private ICredentialProvider Add(ICredentialProvider provider)
    {
        _open.Add(provider);
        return provider;
    }

    private sealed class SlowFiles : ISystemEnvironment, IDisposable
    {
        private int _reads;

        public ManualResetEventSlim Proceed { get; } = new();

        public int Reads => Volatile.Read(ref _reads);

        public string Home => "/";

        public string? Variable(string name) => null;

        public bool HasFile(string path) => true;

        public byte[] ReadFile(string path)
        {
            var read = Interlocked.Increment(ref _reads);
            Proceed.Wait(Token);
            return System.Text.Encoding.UTF8.GetBytes($"token-{read}");
        }

        public void Dispose() => Proceed.Dispose();
    }
}
