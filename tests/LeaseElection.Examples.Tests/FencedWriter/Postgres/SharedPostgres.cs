using System.Globalization;
using Npgsql;

namespace LeaseElection.Examples.Tests.FencedWriter.Postgres;

/// <summary>One server for a whole test run, started by the first test that asks for it; a database for each test.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    // Names the script: by that eng/test.sh knows such a skip, and fails.
    private const string NoServer =
        "No PostgreSQL here: run eng/postgres.sh, or set LEASEELECTION_TEST_POSTGRES to the folder of its binaries";

    private readonly Lazy<Task<PostgresServer?>> _started = new(() => PostgresServer.StartAsync(CancellationToken.None));
    private int _databases;

    /// <summary>A new database, empty; skips the test where there is no server.</summary>
    public async Task<TestDatabase> CreateAsync()
    {
        var server = await _started.Value;
        Assert.SkipWhen(server is null, NoServer);
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await TestDatabase.ExecuteAsync(source, $"CREATE DATABASE {name}");
        return new(server, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated && _started.Value is { IsCompletedSuccessfully: true, Result: { } server })
            await server.DisposeAsync();
    }
}
