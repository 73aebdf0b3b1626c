using System.Diagnostics;
using FailoverDemo.Replicas;
using FailoverDemo.Story;
using FailoverDemo.Views;
using LeaseElection.Testing;
using Microsoft.Extensions.Logging;
using SingletonWorker;

namespace FailoverDemo;

/// <summary>A working election without a cluster: an API server for Leases, some replicas, and somebody who stops the leader.</summary>
internal static class Demo
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var time = TimeProvider.System;
        var settings = new DemoSettings(arguments);
        using var stop = new StopSignals(settings.For, time);
        try
        {
            await RunAsync(settings, time, stop.Token);
            return 0;
        }
        catch (Exception error)
        {
            // Whatever keeps a host from starting says in its message what to do.
            await Console.Error.WriteLineAsync($"FailoverDemo: {error.Message}");
            return 1;
        }
    }

    private static async Task RunAsync(DemoSettings settings, TimeProvider time, CancellationToken stop)
    {
        // Its port, its certificate and much code to compile: on a core of its own.
        var starting = Task.Run(
            () => LeaseApiServer.StartAsync(new() { RequireToken = true, RequestLogLength = 100 }), CancellationToken.None);
        var timings = ReplicaHost.ReadTimings(settings.HostArguments);
        var recorder = new Recorder(new(settings.Replicas, timings), time);
        await using var server = await starting;
        using var json = settings.Json ? new JsonLines() : null;
        var replicas = settings.Replicas.Select(name => new Replica(name, server, settings, recorder, json, time)).ToList();
        using var all = new ReplicaSet(replicas);

        // The replicas end first; then what goes on around them, the view last, so that it shows the end.
        using var end = new CancellationTokenSource();
        using var stopOrEnd = CancellationTokenSource.CreateLinkedTokenSource(stop, end.Token);
        Task[] around =
        [
            Show.RunAsync(recorder.Look, settings.Json, time, end.Token),
            GuardAsync(Renewals.WatchAsync(replicas, recorder, timings, time, end.Token), recorder),
            GuardAsync(new Disruptor(replicas, recorder, timings, settings.Every, time).RunAsync(stopOrEnd.Token), recorder),
            GuardAsync(NoteFirstLeaderAsync(recorder, time, stopOrEnd.Token), recorder),
        ];
        try
        {
            await all.RunAsync(stop);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(around).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task NoteFirstLeaderAsync(Recorder recorder, TimeProvider time, CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        var began = time.GetLocalNow() - new DateTimeOffset(process.StartTime) - recorder.Now;
        var first = await recorder.LeaderAsync(after: 0, cancellationToken);
        recorder.Tell(now => new Noted(now, $"the first leader: {Narrator.Duration(began + first.Began)} after the process began"));
    }

    // What goes on around the replicas must not end them, and not fail in silence either.
    private static async Task GuardAsync(Task task, Recorder recorder)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        catch (Exception error)
        {
            recorder.Tell(now => new Logged(now, "the demo", LogLevel.Error, error.Message));
        }
    }
}
