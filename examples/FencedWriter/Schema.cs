using Npgsql;

namespace FencedWriter;

/// <summary>
/// Applies schema.sql when the replica starts: the tables are there before anyone leads, and a database that cannot be used is noticed now.
/// In production a migration does this, under a role that may create tables.
/// </summary>
internal sealed class Schema(NpgsqlDataSource database) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(database, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new InvalidOperationException(
                $"cannot set up the tables: {e.Message}. Is PostgreSQL (14 or later) there, and {Database.Setting} right? See --help", e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public static async Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        using var file = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream("schema.sql")!);
        await using var all = database.CreateCommand(await file.ReadToEndAsync(cancellationToken));
        await all.ExecuteNonQueryAsync(cancellationToken);
    }
}
