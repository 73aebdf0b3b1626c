using System.Diagnostics.CodeAnalysis;
using FencedWriter;
using Npgsql;

namespace LeaseElection.Examples.Tests.FencedWriter.Postgres;

/// <summary>A database of its own for one test.</summary>
public sealed class TestDatabase(PostgresServer server, string name) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    public PostgresServer Server { get; } = server;

    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(server.ConnectionString(name));

    public string ConnectionString => Server.ConnectionString(name);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Through(SilenceableProxy proxy) => Server.ConnectionString(name, proxy.Address);

    public Task ApplySchemaAsync() => Schema.ApplyAsync(Source, Cancellation);

    public Task ExecuteAsync(string sql) => ExecuteAsync(Source, sql);

    /// <summary>The only value that the query gives.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Command(Source, sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Returns once the query gives true.</summary>
    public async Task UntilAsync(string what, string query)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (!await AskAsync<bool>(query))
        {
            Assert.False(patience.IsCancellationRequested, $"not within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(Poll, TimeProvider.System, Cancellation);
        }
    }

    /// <summary>Returns once so many of this database's statements wait for a lock.</summary>
    public Task UntilWaitingAsync(int count) => UntilAsync(
        $"{count} wait for a lock",
        $"SELECT count(*) = {count} FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");

    /// <summary>The tokens of all rows, as they were written one after the other.</summary>
    public async Task<IReadOnlyList<(long Token, string Writer)>> RowsAsync()
    {
        await using var command = Source.CreateCommand("SELECT fencing_token, writer FROM journal ORDER BY id");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        List<(long, string)> rows = [];
        while (await reader.ReadAsync(Cancellation))
            rows.Add((reader.GetInt64(0), reader.GetString(1)));
        return rows;
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    internal static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = Command(source, sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    [SuppressMessage("Security", "CA2100", Justification = "a test's own text")]
    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql) => source.CreateCommand(sql);
}
