using LeaseElection.Connection;
using LeaseElection.Connection.Http;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Tests.Connection;

/// <summary>Sends a request over a connection of the library's own. Real time: nothing waits for its limits unless a test fails.</summary>
internal static class Asking
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);

    public static ServerAccess Access(Uri server, IAuthorities? authorities) =>
        new() { Server = server, Source = "a test", Kind = AccessKind.Given, Authorities = authorities };

    public static async Task<ApiAnswer> OnceAsync(ServerAccess access)
    {
        using var connection = new KubernetesConnection(access, Ample, TimeProvider.System);
        return await AskAsync(connection);
    }

    public static async Task WellAsync(ServerAccess access)
    {
        var answer = await OnceAsync(access);
        Assert.True(answer is ApiAnswer.Replied { Status: 200 }, answer.ToString());
    }

    public static async Task<string> InVainAsync(ServerAccess access) => Assert.IsType<ApiAnswer.Silent>(await OnceAsync(access)).Why;

    private static Task<ApiAnswer> AskAsync(KubernetesConnection connection) =>
        connection.SendAsync(new(HttpMethod.Get, new(connection.Server, "version"), Ample), TestContext.Current.CancellationToken);
}
