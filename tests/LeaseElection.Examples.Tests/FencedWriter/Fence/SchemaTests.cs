using FencedWriter;
using LeaseElection.Examples.Tests.FencedWriter.Postgres;

namespace LeaseElection.Examples.Tests.FencedWriter.Fence;

/// <summary>Every replica applies schema.sql at its start: all of them at once, and again and again.</summary>
public sealed class SchemaTests(SharedPostgres postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_Again_KeepsRowsAndTheFence()
    {
        await using var database = await postgres.CreateAsync();
        await database.ApplySchemaAsync();
        await new Journal(database.Source).WriteAsync(9, "new", "", Cancellation);

        await database.ApplySchemaAsync();

        Assert.Equal([(9, "new")], await database.RowsAsync());
        await Assert.ThrowsAsync<StaleTokenException>(() => new Journal(database.Source).WriteAsync(8, "old", "", Cancellation));
    }

    [Fact]
    public async Task Apply_ByManyAtOnce_SucceedsForAll()
    {
        await using var database = await postgres.CreateAsync();
        // They have their connections, and wait for us: so that they come at the same moment.
        await using var start = await database.Source.OpenConnectionAsync(Cancellation);
        await using var all = start.CreateCommand();
        all.CommandText = "SELECT pg_advisory_lock(hashtext('FencedWriter: schema.sql'))";
        await all.ExecuteNonQueryAsync(Cancellation);
        var replicas = Enumerable.Range(0, 8).Select(_ => database.ApplySchemaAsync()).ToList();
        await database.UntilWaitingAsync(replicas.Count);

        all.CommandText = "SELECT pg_advisory_unlock(hashtext('FencedWriter: schema.sql'))";
        await all.ExecuteNonQueryAsync(Cancellation);

        await Task.WhenAll(replicas);
        await new Journal(database.Source).WriteAsync(1, "leader", "", Cancellation);
    }
}
