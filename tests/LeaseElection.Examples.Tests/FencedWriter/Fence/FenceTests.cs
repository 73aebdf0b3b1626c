using FencedWriter;
using LeaseElection.Examples.Tests.FencedWriter.Postgres;
using Npgsql;

namespace LeaseElection.Examples.Tests.FencedWriter.Fence;

/// <summary>What schema.sql lets through, one write after the other.</summary>
public sealed class FenceTests(SharedPostgres postgres)
{
    private const string Seen = $"SELECT token FROM fence WHERE lease = '{WriterOptions.Lease}'";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public async Task Write_FirstOfAll_IsAcceptedAndItsTokenRemembered(long token)
    {
        await using var database = await CreateAsync();

        await WriteAsync(database, token, "only");

        Assert.Equal([(token, "only")], await database.RowsAsync());
        Assert.Equal(token, await database.AskAsync<long>(Seen));
    }

    [Fact]
    public async Task Write_WithTheSameToken_IsAccepted()
    {
        await using var database = await CreateAsync();
        var first = await WriteAsync(database, 7, "leader");

        var second = await WriteAsync(database, 7, "leader");

        Assert.True(second > first);
        Assert.Equal([(7, "leader"), (7, "leader")], await database.RowsAsync());
        Assert.Equal(7, await database.AskAsync<long>(Seen));
    }

    [Fact]
    public async Task Write_WithALargerToken_IsAcceptedAndRemembered()
    {
        await using var database = await CreateAsync();
        await WriteAsync(database, 7, "old");

        await WriteAsync(database, 9, "new");

        Assert.Equal([(7, "old"), (9, "new")], await database.RowsAsync());
        Assert.Equal(9, await database.AskAsync<long>(Seen));
    }

    [Fact]
    public async Task Write_WithASmallerToken_IsRefusedWithTheReason()
    {
        await using var database = await CreateAsync();
        await WriteAsync(database, 9, "new");

        var stale = await Assert.ThrowsAsync<StaleTokenException>(() => WriteAsync(database, 8, "old"));

        Assert.Equal("stale fencing token 8 for Lease fenced-writer: 9 has been seen", stale.Message);
        Assert.Equal([(9, "new")], await database.RowsAsync());
        Assert.Equal(9, await database.AskAsync<long>(Seen));
        await WriteAsync(database, 9, "new"); // The leader is not disturbed.
    }

    [Fact]
    public async Task Write_OfAnotherLease_HasAFenceOfItsOwn()
    {
        await using var database = await CreateAsync();
        await WriteAsync(database, 9, "new");

        await database.ExecuteAsync("INSERT INTO journal (lease, fencing_token, writer, entry) VALUES ('another', 1, 'its leader', '')");

        Assert.Equal([(9, "new"), (1, "its leader")], await database.RowsAsync());
        Assert.Equal(9, await database.AskAsync<long>(Seen));
    }

    [Fact]
    public async Task Write_OfAnyProgram_CannotLeaveTheTokenOut()
    {
        await using var database = await CreateAsync();

        await Assert.ThrowsAsync<PostgresException>(
            () => database.ExecuteAsync("INSERT INTO journal (lease, writer, entry) VALUES ('fenced-writer', 'forgetful', '')"));

        Assert.Empty(await database.RowsAsync());
    }

    [Fact]
    public async Task PassFence_Refused_UndoesTheWholeTransaction()
    {
        await using var database = await CreateAsync();
        await WriteAsync(database, 9, "new");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(
            "BEGIN; DELETE FROM journal; SELECT pass_fence('fenced-writer', 8); COMMIT"));

        Assert.Equal(Journal.StaleToken, refused.SqlState);
        Assert.Equal([(9, "new")], await database.RowsAsync());
    }

    [Fact]
    public async Task Write_OfSeveralRowsWithOneStale_WritesNone()
    {
        await using var database = await CreateAsync();

        await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(
            "INSERT INTO journal (lease, fencing_token, writer, entry) VALUES ('fenced-writer', 5, '', ''), ('fenced-writer', 4, '', '')"));

        Assert.Empty(await database.RowsAsync());
        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM fence"));
    }

    private static Task<long> WriteAsync(TestDatabase database, long token, string writer) =>
        new Journal(database.Source).WriteAsync(token, writer, "an entry", Cancellation);

    private async Task<TestDatabase> CreateAsync()
    {
        var database = await postgres.CreateAsync();
        await database.ApplySchemaAsync();
        return database;
    }
}
