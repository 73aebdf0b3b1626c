using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace LeaseElection.Examples.Tests.FencedWriter.Postgres;

/// <summary>A PostgreSQL of our own: a fresh data folder, a free port of loopback, one user with a random password.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string WithLog = """log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null""";

    // Nothing of it outlives the tests, so nothing need reach a disk.
    private static readonly string[] Settings =
        ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "synchronous_commit=off", "shared_buffers=16MB", "max_connections=60"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private readonly string _password;
    private Process? _process;
    private int _port;

    private PostgresServer(string folder, string password)
    {
        _folder = folder;
        _password = password;
    }

    /// <summary>Gets where it listens.</summary>
    public Uri Address => LoopbackPorts.Address("tcp", _port);

    /// <summary>Gets what the server has written so far: each statement that it refused is there.</summary>
    public IReadOnlyList<string> Log => File.Exists(LogFile) ? ReadLog() : [];

    private string LogFile => Path.Combine(_folder, "postgres.log");

    /// <summary>Starts one; returns once it answers.</summary>
    /// <returns>Null where there is none on this machine: eng/postgres.sh gets one.</returns>
    public static async Task<PostgresServer?> StartAsync(CancellationToken cancellationToken)
    {
        if (PostgresBinaries.Find() is not { } binaries)
            return null;
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var server = new PostgresServer(await DataFolder.CreateAsync(binaries, password, cancellationToken), password);
        try
        {
            // Somebody else may be given the port in between: then with another one.
            for (var tries = 3; !await server.TryStartAsync(binaries, cancellationToken); tries--)
            {
                if (tries == 1)
                    throw new InvalidOperationException(
                        $"postgres ended. The end of its log:\n{string.Join('\n', server.Log.TakeLast(30))}");
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How to connect, by way of <paramref name="address"/> where that is not its own.</summary>
    public string ConnectionString(string database, Uri? address = null) => new NpgsqlConnectionStringBuilder
    {
        Host = (address ?? Address).Host,
        Port = (address ?? Address).Port,
        Username = DataFolder.User,
        Password = _password,
        Database = database,
    }.ConnectionString;

    /// <summary>Returns once the server has written so.</summary>
    public async Task UntilLoggedAsync(string text, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!Log.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            Assert.False(
                patience.IsCancellationRequested, $"not in the server's log: {text}. Its end:\n{string.Join('\n', Log.TakeLast(20))}");
            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            if (!process.HasExited)
                Signals.Send(process, ProcessSignal.Quit);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> TryStartAsync(PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        _process?.Dispose();
        _port = LoopbackPorts.Free(1)[0];
        var port = _port.ToString(CultureInfo.InvariantCulture);
        string[] command =
        [
            "/bin/sh", "-c", WithLog, "sh", LogFile, .. ServerAccount.Prefix, binaries.Postgres, "-D", DataFolder.DataIn(_folder), "-p",
            port,
            .. Settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        _process = await ProcessStarter.StartAsync(command[0], command.Skip(1), start => start.WorkingDirectory = "/");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        while (!_process.HasExited)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(deadline.Token);
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(Poll, TimeProvider.System, deadline.Token); // Not up yet.
            }
        }

        return false;
    }

    private List<string> ReadLog()
    {
        using var reader = new StreamReader(new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n')];
    }
}
