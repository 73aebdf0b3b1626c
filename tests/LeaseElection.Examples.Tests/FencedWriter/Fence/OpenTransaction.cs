using System.Data;
using LeaseElection.Examples.Tests.FencedWriter.Postgres;
using Npgsql;

namespace LeaseElection.Examples.Tests.FencedWriter.Fence;

/// <summary>A writer in the middle of its transaction.</summary>
internal sealed class OpenTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private OpenTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_connection, _transaction) = (connection, transaction);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Begins one, and has it look: from then on some isolation levels see what was there at that time.</summary>
    public static async Task<OpenTransaction> BeginAsync(TestDatabase database, IsolationLevel level)
    {
        var connection = await database.Source.OpenConnectionAsync(Cancellation);
        var transaction = new OpenTransaction(connection, await connection.BeginTransactionAsync(level, Cancellation));
        await using var look = new NpgsqlCommand("SELECT count(*) FROM fence", connection);
        await look.ExecuteNonQueryAsync(Cancellation);
        return transaction;
    }

    /// <summary>One that has written, and has not committed.</summary>
    public static async Task<OpenTransaction> WriteAsync(TestDatabase database, long token)
    {
        var transaction = await BeginAsync(database, IsolationLevel.ReadCommitted);
        await transaction.WriteAsync(token);
        return transaction;
    }

    public async Task WriteAsync(long token)
    {
        await using var insert = new NpgsqlCommand(
            "INSERT INTO journal (lease, fencing_token, writer, entry) VALUES ('fenced-writer', $1, 'transaction', 'an entry')",
            _connection);
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = token });
        await insert.ExecuteNonQueryAsync(Cancellation);
    }

    public Task CommitAsync() => _transaction.CommitAsync(Cancellation);

    public Task RollBackAsync() => _transaction.RollbackAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
