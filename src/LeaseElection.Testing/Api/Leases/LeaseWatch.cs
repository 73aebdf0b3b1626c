using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Api.Selectors;
using LeaseElection.Testing.Faults;
using LeaseElection.Testing.Storage;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>One watch, from its first event to its end.</summary>
internal sealed class LeaseWatch
{
    // So long before its end a watch gets a bookmark, if there is any news for it.
    private static readonly TimeSpan LastBookmark = TimeSpan.FromSeconds(2);

    // 49 days: what a timer takes.
    private const double LongestTimer = uint.MaxValue - 1;

    private readonly LeaseStore _store;
    private readonly LeaseFilter _filter;
    private readonly WatchFaults _faults;
    private readonly Func<byte[], byte[]> _form;
    private readonly bool _bookmarks;
    private readonly bool _endsInitialEvents;
    private readonly long? _from;
    private readonly TimeSpan _time;

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="ApiException">They cannot be understood (400, 422).</exception>
    public LeaseWatch(ApiCall call, LeaseStore store, LeaseApiFaults faults, Func<byte[], byte[]> form)
    {
        _store = store;
        VersionMatch.Check(call, isWatch: true);
        _filter = LeaseFilter.Of(call);
        _faults = new(faults, call.Request);
        _form = form;
        _bookmarks = Query.Flag(call.Query, "allowWatchBookmarks");
        _from = Query.Version(call.Query) is { } version and > 0 ? version : null;
        if (call.Query.ContainsKey(VersionMatch.InitialEvents))
        {
            _endsInitialEvents = Query.Flag(call.Query, VersionMatch.InitialEvents);
            _from = _endsInitialEvents ? null : _from ?? store.Image.Version;
        }

        // kube-apiserver ends every watch within the hour, each at another time.
        _time = Query.Number(call.Query, "timeoutSeconds") is { } seconds and > 0
            ? TimeSpan.FromMilliseconds(Math.Min(seconds * 1000.0, LongestTimer))
            : TimeSpan.FromSeconds(1800 + (call.Request.Number * 7 % 1800));
    }

    /// <summary>Writes events until the client leaves, the watch's time is over, or a fault ends it.</summary>
    public async Task RunAsync(HttpResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        Subscription subscription;
        try
        {
            subscription = _store.Subscribe(_from, _filter.Matches);
        }
        catch (ApiException error)
        {
            // Too late for a status code: the answer to a watch is a stream.
            await WriteAsync(response, [WatchLines.Error(error.Status)], cancellationToken).ConfigureAwait(false);
            return;
        }

        using (subscription)
        {
            using var end = time.CreateTimer(
                static s => ((Subscription)s!).Post(new(WatchItemKind.TimedOut)), subscription, _time, Timeout.InfiniteTimeSpan);
            using var beforeEnd = _time > LastBookmark
                ? time.CreateTimer(_ => _store.PostBookmark(subscription), null, _time - LastBookmark, Timeout.InfiniteTimeSpan)
                : null;
            if (_endsInitialEvents)
                _store.PostBookmark(subscription, WatchItemKind.InitialEventsEnd);
            await response.StartAsync(cancellationToken).ConfigureAwait(false);
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            await PassOnAsync(subscription, response, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PassOnAsync(Subscription subscription, HttpResponse response, CancellationToken cancellationToken)
    {
        subscription.Post(new(WatchItemKind.Wake)); // A fault may be there already.
        while (await subscription.Items.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (subscription.Items.TryRead(out var item))
            {
                var fault = item.Kind == WatchItemKind.TimedOut ? null : _faults.OfWatch();
                if (fault is { Kind: FaultKind.StallWatch })
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                await WriteAsync(response, fault is null ? Lines(item) : LastLines(fault), cancellationToken).ConfigureAwait(false);
                if (fault is not null || item.Kind == WatchItemKind.TimedOut)
                    return;
            }
        }

        await WriteAsync(response, [.. _faults.LetGo()], cancellationToken).ConfigureAwait(false);
    }

    private List<byte[]> Lines(WatchItem item) => item.Kind switch
    {
        WatchItemKind.Event when WatchLines.Of(item.Event!, _filter, _form) is { } line => [.. _faults.OfEvent(line)],
        // What a bookmark covers was told before it.
        WatchItemKind.Bookmark when _bookmarks => [.. _faults.LetGo(), WatchLines.Bookmark(item.Version, _form)],
        WatchItemKind.InitialEventsEnd when _bookmarks =>
            [.. _faults.LetGo(), WatchLines.Bookmark(item.Version, _form, endsInitialEvents: true)],
        WatchItemKind.TimedOut => [.. _faults.LetGo()],
        _ => [.. _faults.LetGoEnded()],
    };

    private List<byte[]> LastLines(Fault fault) => fault.Kind == FaultKind.WatchError
        ? [.. _faults.LetGo(), WatchLines.Error(ApiStatus.Of(fault.Number, fault.Reason, fault.Message))]
        : [.. _faults.LetGo()];

    private static async Task WriteAsync(HttpResponse response, List<byte[]> lines, CancellationToken cancellationToken)
    {
        if (lines.Count == 0)
            return;
        foreach (var line in lines)
            await response.Body.WriteAsync(line, cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
