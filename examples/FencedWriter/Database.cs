using Microsoft.Extensions.Configuration;
using Npgsql;

namespace FencedWriter;

/// <summary>Where PostgreSQL is, or what to do where nobody said so.</summary>
internal static class Database
{
    /// <summary>The setting, as an environment variable spells it.</summary>
    public const string Setting = "ConnectionStrings__Journal";

    private const string Example = $"{Setting}='Host=127.0.0.1;Username=writer;Password=…;Database=journal'";

    /// <exception cref="InvalidOperationException">It is not set; the message says how.</exception>
    public static string ConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString("Journal") is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new InvalidOperationException($"no database: {Setting} is not set. Set it, for example {Example}. See --help");

    /// <exception cref="InvalidOperationException">It is no connection string; the message says how one looks.</exception>
    public static NpgsqlDataSource Open(string connectionString)
    {
        try
        {
            return NpgsqlDataSource.Create(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            // Not the text itself: it holds a password.
            throw new InvalidOperationException($"{Setting} is no connection string: {e.Message.TrimEnd('.')}. It looks like {Example}", e);
        }
    }
}
