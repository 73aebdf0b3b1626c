using System.Globalization;
using LeaseElection.Examples.Tests.FencedWriter.Postgres;

namespace LeaseElection.Examples.Tests.FencedWriter.Processes;

/// <summary>
/// What no lease can prevent (docs/safety.md, Limits), and what the database does about it. Real processes, real servers.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class FrozenWriterTests(SharedControlPlane servers, SharedPostgres postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario(42)]
    public async Task Thaw_OnceAnotherHasWritten_TheDatabaseHasRefusedTheWriteUnderWay()
    {
        await using var database = await postgres.CreateAsync();
        await using var late = await LateWrite.PlayAsync(await servers.GetAsync(), database);
        var stale = string.Create(
            CultureInfo.InvariantCulture,
            $"stale fencing token {late.OldToken} for Lease fenced-writer: {late.SuccessorToken} has been seen");

        // It is the database that refuses: the sender stands still, and can have no part in that.
        await database.Server.UntilLoggedAsync($"ERROR:  {stale}", Cancellation);
        late.Old.Thaw();

        var refused = await late.Old.FirstOutputAsync("Refused by the database: ", WriterProgram.Patience, Cancellation);
        Assert.Contains(stale, refused, StringComparison.Ordinal);
        await late.Old.FirstOutputAsync("Standing by: successor_", WriterProgram.Patience, Cancellation);
        await WritesOnAsync(database, late.SuccessorToken);
        var afterwards = late.Old.Output.SkipWhile(line => line != refused).Skip(1).ToList();
        Assert.DoesNotContain(afterwards, line => line.Contains("Leading: ", StringComparison.Ordinal));
        Assert.DoesNotContain(afterwards, line => line.Contains(WriterProgram.Wrote, StringComparison.Ordinal));

        // It may lead again, in a later term.
        await WriterProgram.StopAsync(late.Successor);
        await WritesOnAsync(database, late.SuccessorToken + 1);
        await WriterProgram.StopAsync(late.Old);
        var tokens = (await database.RowsAsync()).Select(row => row.Token).ToList();
        Assert.Equal(tokens.Order(), tokens);
        Assert.Equal([late.OldToken, late.SuccessorToken], tokens.Distinct().Take(2));
    }

    // The very same, but for the guard. So the Lease alone does not do it, and the test above can fail.
    [Fact]
    public async Task Thaw_WithoutTheGuard_TheLateWriteIsInTheTable()
    {
        await using var database = await postgres.CreateAsync();
        await using var late = await LateWrite.PlayAsync(await servers.GetAsync(), database, "ALTER TABLE journal DISABLE TRIGGER guard");

        await database.UntilAsync("the late write has arrived", string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT (SELECT max(id) FROM journal WHERE fencing_token = {late.OldToken}) > (SELECT min(id) FROM journal WHERE fencing_token = {late.SuccessorToken})"));
        late.Old.Thaw();

        await late.Old.FirstOutputAsync("Standing by: successor_", WriterProgram.Patience, Cancellation);
        Assert.DoesNotContain(late.Old.Output, line => line.Contains("Refused", StringComparison.Ordinal));
    }

    // A row with that token or a larger one that is not there yet.
    private static async Task WritesOnAsync(TestDatabase database, long token)
    {
        var last = await database.AskAsync<long>("SELECT max(id) FROM journal");
        await database.UntilAsync("it is written on", string.Create(
            CultureInfo.InvariantCulture, $"SELECT EXISTS (SELECT FROM journal WHERE id > {last} AND fencing_token >= {token})"));
    }
}
