using System.Globalization;
using k8s;

namespace LeaseElection.TestProcess.StarvedProcess;

/// <summary>Scenario 43: a leader all of whose thread-pool threads are blocked. Says what it saw of the term's end.</summary>
internal static class StarvedLeader
{
    /// <summary>Arguments: kubeconfig, namespace, and read, token or failfast.</summary>
    public static int Run(string[] args)
    {
        var (path, @namespace, mode) = (args[0], args[1], args[2]);
        var time = TimeProvider.System;
        var options = new LeaderElectionOptions
        {
            LeaseName = "starved",
            Namespace = @namespace,
            LeaseDuration = TimeSpan.FromSeconds(3),
            WhenWorkOverruns = mode == "failfast" ? WorkOverrunPolicy.FailFast : WorkOverrunPolicy.Log,
        };
        var elector = LeaderElector.Create(KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(path)), options);
        using var stop = new CancellationTokenSource();
        using var workMayEnd = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        using var workIsTold = new ManualResetEventSlim();
        var workTold = 0L;
        LeadershipTerm term = null!;
        var run = elector.RunAsync(
            (leading, token) =>
            {
                term = leading;
                // The work polls its own token, on a thread of its own (scenario 59).
                var poller = new Thread(() =>
                {
                    SpinUntil(() => token.IsCancellationRequested);
                    workTold = time.GetTimestamp();
                    workIsTold.Set();
                });
                poller.IsBackground = true;
                poller.Start();
                begun.Set();
                // Of the threads that are blocked, one is the work's: it ignores its token.
                workMayEnd.Wait(CancellationToken.None);
                return Task.CompletedTask;
            },
            stop.Token);
        begun.Wait();

        using var callback = new ManualResetEventSlim();
        using var published = new ManualResetEventSlim();
        var told = (CalledBack: 0L, Published: 0L);
        term.EndedToken.Register(() =>
        {
            told.CalledBack = time.GetTimestamp();
            callback.Set();
        });
        _ = FollowAsync();

        var starved = new StarvedPool();
        starved.Begin();
        var deadline = term.Remaining;
        var from = time.GetTimestamp();
        if (mode == "read")
        {
            SpinUntil(() => !elector.IsLeader);
            Say("IsLeaderFalseLate", time.GetElapsedTime(from) - deadline);
        }
        else
        {
            // The ticker alone: a reader of IsLeader ends an expired term itself.
            SpinUntil(() => term.EndedToken.IsCancellationRequested);
            Say("TokenCancelledLate", time.GetElapsedTime(from) - deadline);
        }

        workIsTold.Wait();
        Say("WorkToldLate", time.GetElapsedTime(from, workTold) - deadline);

        // From here on FailFast ends the process, if that is the policy: no thread of the pool is free, and none will be.
        if (mode == "failfast")
            new ManualResetEventSlim().Wait(TimeSpan.FromSeconds(20));
        Say("CallbackBeforeAThreadWasFree", callback.IsSet ? 1 : 0);
        var freed = time.GetTimestamp();
        starved.End();
        callback.Wait();
        published.Wait();
        Say("CallbackAfterAThreadWasFree", time.GetElapsedTime(freed, told.CalledBack));
        Say("PublishedAfterAThreadWasFree", time.GetElapsedTime(freed, told.Published));

        stop.Cancel();
        workMayEnd.Set();
        run.GetAwaiter().GetResult();
        Say("Reason", (int)term.EndReason!.Value);
        return 0;

        async Task FollowAsync()
        {
            await foreach (var change in elector.WatchAsync())
            {
                if (change.EndReason is null || published.IsSet)
                    continue;
                told.Published = time.GetTimestamp();
                published.Set();
            }
        }
    }

    private static void SpinUntil(Func<bool> condition)
    {
        using var never = new ManualResetEventSlim();
        while (!condition())
            never.Wait(1);
    }

    private static void Say(string what, object value) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{what} {(value is TimeSpan span ? span.TotalMilliseconds : value)}"));
}
