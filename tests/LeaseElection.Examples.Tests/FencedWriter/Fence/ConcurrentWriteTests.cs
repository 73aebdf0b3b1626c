using System.Data;
using FencedWriter;
using LeaseElection.Examples.Tests.FencedWriter.Postgres;
using Npgsql;

namespace LeaseElection.Examples.Tests.FencedWriter.Fence;

/// <summary>Two writers at the same time: the one with the smaller token may never commit after the other.</summary>
public sealed class ConcurrentWriteTests(SharedPostgres postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_WhileALargerTokenIsUncommitted_WaitsAndIsRefused(bool isFirstOfAll)
    {
        await using var database = await CreateAsync(isFirstOfAll);
        await using var larger = await OpenTransaction.WriteAsync(database, 9);
        var smaller = WriteAsync(database, 8);
        await database.UntilWaitingAsync(1);

        await larger.CommitAsync();

        var stale = await Assert.ThrowsAsync<StaleTokenException>(() => smaller);
        Assert.Equal("stale fencing token 8 for Lease fenced-writer: 9 has been seen", stale.Message);
        Assert.DoesNotContain(await database.RowsAsync(), row => row.Token == 8);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_WhileASmallerTokenIsUncommitted_WaitsAndCommitsAfterIt(bool isFirstOfAll)
    {
        await using var database = await CreateAsync(isFirstOfAll);
        await using var smaller = await OpenTransaction.WriteAsync(database, 8);
        var larger = WriteAsync(database, 9);
        await database.UntilWaitingAsync(1);
        Assert.False(larger.IsCompleted);

        await smaller.CommitAsync();

        await larger;
        Assert.Equal([8, 9], (await database.RowsAsync()).Select(row => row.Token).TakeLast(2));
        await Assert.ThrowsAsync<StaleTokenException>(() => WriteAsync(database, 8));
    }

    [Fact]
    public async Task Write_WhenALargerTokenIsRolledBack_IsAccepted()
    {
        await using var database = await CreateAsync(isFirstOfAll: false);
        await using var larger = await OpenTransaction.WriteAsync(database, 9);
        var smaller = WriteAsync(database, 8);
        await database.UntilWaitingAsync(1);

        await larger.RollBackAsync();

        await smaller;
        Assert.Equal([1, 8], (await database.RowsAsync()).Select(row => row.Token));
    }

    // The snapshot is older than the larger token's commit: compared with it, the smaller one would pass.
    [Theory]
    [InlineData(IsolationLevel.ReadCommitted, Journal.StaleToken)]
    [InlineData(IsolationLevel.RepeatableRead, PostgresErrorCodes.SerializationFailure)]
    [InlineData(IsolationLevel.Serializable, PostgresErrorCodes.SerializationFailure)]
    public async Task Write_WithASnapshotFromBeforeALargerToken_IsRefused(IsolationLevel level, string error)
    {
        await using var database = await CreateAsync(isFirstOfAll: false);
        await using var smaller = await OpenTransaction.BeginAsync(database, level);
        await WriteAsync(database, 9);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => smaller.WriteAsync(8));

        Assert.Equal(error, refused.SqlState);
        Assert.Equal([1, 9], (await database.RowsAsync()).Select(row => row.Token));
    }

    [Fact]
    public async Task Write_ByManyAtOnce_NeverCommitsASmallerTokenAfterALargerOne()
    {
        await using var database = await CreateAsync(isFirstOfAll: true);
        // A row's place, given while the fence's lock is held (triggers of one kind run by name), and so the order of commits.
        await database.ExecuteAsync(
            """
            CREATE SEQUENCE place;
            ALTER TABLE journal ADD COLUMN place bigint;
            CREATE FUNCTION place() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.place := nextval('place'); RETURN NEW; END $$;
            CREATE TRIGGER the_place BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION place();
            """);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => WriteManyAsync(database, new(seed))));

        Assert.True(outcomes.Sum(outcome => outcome.Accepted) > 0);
        Assert.True(outcomes.Sum(outcome => outcome.Refused) > 0); // A smaller token behind a larger one of the same writer, if no other.
        Assert.Equal(outcomes.Sum(outcome => outcome.Accepted), await database.AskAsync<long>("SELECT count(*) FROM journal"));
        Assert.Equal(0, await database.AskAsync<long>(
            "SELECT count(*) FROM journal earlier JOIN journal later ON later.place > earlier.place AND later.fencing_token < earlier.fencing_token"));
    }

    private static async Task<(int Accepted, int Refused)> WriteManyAsync(TestDatabase database, Random tokens)
    {
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 50; i++)
        {
            try
            {
                // Rising on the whole, so that there is always something to accept.
                await WriteAsync(database, (10 * i) + tokens.Next(50));
                accepted++;
            }
            catch (StaleTokenException)
            {
                refused++;
            }
        }

        return (accepted, refused);
    }

    private static Task<long> WriteAsync(TestDatabase database, long token) =>
        new Journal(database.Source).WriteAsync(token, "writer", "an entry", Cancellation);

    private async Task<TestDatabase> CreateAsync(bool isFirstOfAll)
    {
        var database = await postgres.CreateAsync();
        await database.ApplySchemaAsync();
        if (!isFirstOfAll)
            await WriteAsync(database, 1);
        return database;
    }
}
