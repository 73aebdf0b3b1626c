using k8s;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Tests.Hosting;

/// <summary>Builds hosts as a user's Program.cs does, with an API server that nobody reaches.</summary>
internal static class HostFixture
{
    public static KubernetesClientConfiguration Nowhere => new() { Host = "http://127.0.0.1:1" };

    public static HostApplicationBuilder Builder(params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(configuration.Select(c => KeyValuePair.Create(c.Key, (string?)c.Value)));
        builder.Services.AddSingleton(Nowhere);
        return builder;
    }
}
