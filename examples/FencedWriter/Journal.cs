using Npgsql;

namespace FencedWriter;

/// <summary>The table that only the leader may write to (schema.sql). One statement a write, hence one transaction.</summary>
internal sealed class Journal(NpgsqlDataSource database)
{
    /// <summary>The SQLSTATE with which schema.sql refuses a token.</summary>
    public const string StaleToken = "LE001";

    /// <summary>Writes one entry, unless a larger fencing token was seen before.</summary>
    /// <returns>The entry's id.</returns>
    /// <exception cref="StaleTokenException">The database has refused the token; nothing was written.</exception>
    public async Task<long> WriteAsync(long fencingToken, string writer, string entry, CancellationToken cancellationToken)
    {
        await using var insert = database.CreateCommand(
            "INSERT INTO journal (lease, fencing_token, writer, entry) VALUES ($1, $2, $3, $4) RETURNING id");
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = WriterOptions.Lease });
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = fencingToken });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = writer });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = entry });
        try
        {
            return (long)(await insert.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (PostgresException refused) when (refused.SqlState == StaleToken)
        {
            throw new StaleTokenException(refused.MessageText, refused);
        }
    }
}
