using System.IO.Pipelines;
using System.Net;
using System.Text;

namespace LeaseElection.Tests.Store;

/// <summary>One connection of a watch, seen from the server.</summary>
internal sealed class WatchFeed
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));

    /// <summary>Gets a value indicating whether the client has closed it.</summary>
    public bool IsClosedByClient => _pipe.Writer.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().IsCompleted;

    /// <summary>A connection on which these lines were sent already, and which stays open.</summary>
    public static WatchFeed Of(params string[] lines)
    {
        var feed = new WatchFeed();
        foreach (var line in lines)
            feed.Send(line + "\n");
        return feed;
    }

    /// <summary>A connection on which these lines were sent, and which the server then ended.</summary>
    public static WatchFeed Ended(params string[] lines)
    {
        var feed = Of(lines);
        feed.End();
        return feed;
    }

    public void Send(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(_pipe.Writer.GetSpan(bytes.Length));
        _pipe.Writer.Advance(bytes.Length);
        _pipe.Writer.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult(); // never waits: there is no threshold
    }

    public void End(Exception? fault = null) => _pipe.Writer.Complete(fault);

    public HttpResponseMessage Reply() => new(HttpStatusCode.OK) { Content = new StreamContent(_pipe.Reader.AsStream()) };
}
