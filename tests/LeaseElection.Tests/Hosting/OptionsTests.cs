using LeaseElection.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LeaseElection.Tests.Hosting;

/// <summary>The settings are ordinary options: named and unnamed, from configuration and code, monitored.</summary>
public sealed class OptionsTests
{
    private const string Election = "reports";
    private const string Shared = "LeaderElection:LeaseDuration";
    private const string Own = $"LeaderElection:Leases:{Election}:LeaseDuration";

    public static TheoryData<string, double> Layers => new()
    {
        { "", 15 },
        { "section", 20 },
        { "section configure", 30 },
        { "section configure own", 40 },
        { "section configure own named", 50 },
        { "section configure own named code", 60 },
        { "section configure own named code post", 70 },
        { "section configure own named code post postnamed", 80 },
        { "early section own", 50 },
        { "all section", 90 },
        { "typed", 95 },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layer_LaterWins(string layers, double seconds)
    {
        var has = layers.Split(' ').ToHashSet();
        var settings = new List<(string, string)>();
        if (has.Contains("section"))
            settings.Add((Shared, "00:00:20"));
        if (has.Contains("own"))
            settings.Add((Own, "00:00:40"));
        var builder = HostFixture.Builder([.. settings]);
        var services = builder.Services;
        if (has.Contains("early"))
            services.Configure<LeaderElectionOptions>(Election, static o => o.LeaseDuration = TimeSpan.FromSeconds(50));
        services.AddLeaderElection(Election);
        if (has.Contains("configure"))
            services.Configure<LeaderElectionOptions>(static o => o.LeaseDuration = TimeSpan.FromSeconds(30));
        if (has.Contains("named"))
            services.Configure<LeaderElectionOptions>(Election, static o => o.LeaseDuration = TimeSpan.FromSeconds(50));
        if (has.Contains("code"))
            services.AddLeaderElection(Election, static o => o.LeaseDuration = TimeSpan.FromSeconds(60));
        if (has.Contains("post"))
            services.PostConfigure<LeaderElectionOptions>(static o => o.LeaseDuration = TimeSpan.FromSeconds(70));
        if (has.Contains("postnamed"))
            services.PostConfigure<LeaderElectionOptions>(Election, static o => o.LeaseDuration = TimeSpan.FromSeconds(80));
        if (has.Contains("all"))
            services.ConfigureAll<LeaderElectionOptions>(static o => o.LeaseDuration = TimeSpan.FromSeconds(90));
        if (has.Contains("typed"))
            services.AddSingleton<IConfigureOptions<LeaderElectionOptions>, Typed>();
        using var host = builder.Build();

        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            host.Services.GetRequiredService<IOptionsMonitor<LeaderElectionOptions>>().Get(Election).LeaseDuration);
    }

    [Fact]
    public void Unnamed_IsSharedByAllElections_AndIsWhatIOptionsGives()
    {
        var builder = HostFixture.Builder((Shared, "00:00:20"));
        builder.Services.AddLeaderElection("a");
        builder.Services.AddLeaderElection("b");
        builder.Services.AddOptions<LeaderElectionOptions>().Configure<IHostEnvironment>(static (o, _) => o.Labels.Add("team", "reports"));
        using var host = builder.Build();
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<LeaderElectionOptions>>();

        Assert.All([monitor.Get("a"), monitor.Get("b"), host.Services.GetRequiredService<IOptions<LeaderElectionOptions>>().Value], static o =>
        {
            Assert.Equal(TimeSpan.FromSeconds(20), o.LeaseDuration);
            Assert.Equal("reports", o.Labels["team"]);
        });
    }

    [Fact]
    public void ConfigureAll_RunsOnceForAnElection()
    {
        var builder = HostFixture.Builder();
        builder.Services.AddLeaderElection(Election);
        builder.Services.ConfigureAll<LeaderElectionOptions>(static o => o.Labels.Add("team", "reports"));
        builder.Services.PostConfigureAll<LeaderElectionOptions>(static o => o.Labels.Add("post", "once"));
        using var host = builder.Build();

        Assert.Equal(2, host.Services.GetRequiredService<IOptionsMonitor<LeaderElectionOptions>>().Get(Election).Labels.Count);
    }

    [Fact]
    public async Task Validate_WithoutAName_HoldsForEveryElection()
    {
        var builder = HostFixture.Builder();
        builder.Services.AddLeaderElection(Election);
        builder.Services.AddOptions<LeaderElectionOptions>().Validate(static o => o.LeaseDuration < TimeSpan.FromSeconds(10), "our rule");
        using var host = builder.Build();

        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["our rule"], thrown.Failures);
    }

    [Fact]
    public async Task Reload_IsTheMonitorsNews_UnlessItBreaksARule()
    {
        var builder = HostFixture.Builder((Shared, "00:00:20"), ("Logging:LogLevel:Default", "None"));
        builder.Services.AddLeaderElection(Election);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<LeaderElectionOptions>>();
        var heard = new List<(string?, TimeSpan)>();
        using var listening = monitor.OnChange((options, name) => heard.Add((name, options.LeaseDuration)));
        Assert.Equal(TimeSpan.FromSeconds(20), monitor.Get(Election).LeaseDuration);

        Set("00:00:30");
        Assert.Equal([(Election, TimeSpan.FromSeconds(30)), ("", TimeSpan.FromSeconds(30))], heard);
        Set("00:00:30.5");
        Set("soon");

        Assert.Equal(2, heard.Count);
        Assert.Equal(TimeSpan.FromSeconds(30), monitor.Get(Election).LeaseDuration);
        Assert.Equal(TimeSpan.FromSeconds(30), monitor.CurrentValue.LeaseDuration);
        await host.StopAsync(TestContext.Current.CancellationToken);

        void Set(string duration)
        {
            builder.Configuration[Shared] = duration;
            ((IConfigurationRoot)builder.Configuration).Reload();
        }
    }

    [Fact]
    public async Task Reload_SharedOptionsFailARuleOfTheApplications_TheElectionHasItsNewSettingsAllTheSame()
    {
        var builder = HostFixture.Builder((Shared, "00:00:20"), ($"LeaderElection:Leases:{Election}:LeaseName", "reports"));
        builder.Services.AddLeaderElection(Election);
        builder.Services.AddOptions<LeaderElectionOptions>().Validate(static o => o.LeaseName is not null, "a Lease has a name");
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<LeaderElectionOptions>>();
        builder.Configuration[Shared] = "00:00:30";
        ((IConfigurationRoot)builder.Configuration).Reload();

        Assert.Equal(TimeSpan.FromSeconds(30), monitor.Get(Election).LeaseDuration);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(null, "Acme.Report_Worker", "acme-report-worker")]
    [InlineData("from-configuration", "Acme.Report_Worker", "from-configuration")]
    public void WithoutAName_TheLeaseIsNamedByConfigurationOrHost(string? leaseName, string application, string expected)
    {
        var builder = HostFixture.Builder(leaseName is null ? [] : [("LeaderElection:LeaseName", leaseName)]);
        builder.Environment.ApplicationName = application;
        Assert.Empty(builder.Services.AddLeaderElection().Name);
        builder.Services.AddLeaderElection(static o => o.LeaseDuration = TimeSpan.FromSeconds(30));
        using var host = builder.Build();
        var election = host.Services.GetRequiredService<ILeaderElection>();

        Assert.Equal(expected, election.Name);
        Assert.Same(election, host.Services.GetRequiredKeyedService<ILeaderElection>(""));
        Assert.Equal($"default/{expected}", host.Services.GetRequiredKeyedService<LeaseElection.Runtime.ElectorContext>("").Lease);
        Assert.Equal(TimeSpan.FromSeconds(30), host.Services.GetRequiredService<IOptions<LeaderElectionOptions>>().Value.LeaseDuration);
    }

    [Fact]
    public async Task WithoutAName_AndNoneInTheHost_DoesNotStartAndSaysWhatToSet()
    {
        var builder = HostFixture.Builder();
        builder.Environment.ApplicationName = "…";
        builder.Services.AddLeaderElection();
        using var host = builder.Build();

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Set LeaderElection:LeaseName", thrown.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Worker", "worker")]
    [InlineData("-.Worker Ü 2.-", "worker---2")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Label_OfAnApplicationsName(string? name, string label) => Assert.Equal(label, ElectionNames.AsLabel(name));

    [Fact]
    public void Label_HasAtMost63Characters_AndEndsWell() =>
        Assert.Equal(new string('a', 62), ElectionNames.AsLabel(new string('a', 62) + "..b"));

    private sealed class Typed : IConfigureOptions<LeaderElectionOptions>
    {
        public void Configure(LeaderElectionOptions options) => options.LeaseDuration = TimeSpan.FromSeconds(95);
    }
}
