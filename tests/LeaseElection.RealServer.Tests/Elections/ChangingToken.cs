using System.Net.Http.Headers;
using k8s.Authentication;

namespace LeaseElection.RealServer.Tests.Elections;

/// <summary>A bearer token that is asked for with every request.</summary>
internal sealed class ChangingToken(Func<string> token) : ITokenProvider
{
    public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new AuthenticationHeaderValue("Bearer", token()));
}
