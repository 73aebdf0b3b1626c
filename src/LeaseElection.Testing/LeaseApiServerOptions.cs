namespace LeaseElection.Testing;

/// <summary>How a <see cref="LeaseApiServer"/> is set up. Read once, when it starts.</summary>
public sealed class LeaseApiServerOptions
{
    /// <summary>
    /// Gets or sets a value indicating whether the server speaks TLS, with a certificate made for this one server (HTTP/1.1 and HTTP/2);
    /// else plain HTTP/1.1. Default: true.
    /// </summary>
    public bool UseTls { get; set; } = true;

    /// <summary>Gets or sets the TCP port on 127.0.0.1: 0 (a free one) to 65,535. Default: 0.</summary>
    public int Port { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a request without a bearer token is nobody's, and refused with 403. Default: false, such a
    /// request is the administrator's. A token that the server does not know is always answered 401.
    /// </summary>
    public bool RequireToken { get; set; }

    /// <summary>Gets or sets the clock of timestamps, delays, bookmarks and watch timeouts. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets how many changes a watch can look back; older ones are answered 410. From 1 on; default: 1,000.</summary>
    public int HistoryLength { get; set; } = 1000;

    /// <summary>
    /// Gets or sets how many of the latest requests <see cref="LeaseApiServer.Requests"/> keeps. From 1 on; default: 10,000.
    /// </summary>
    public int RequestLogLength { get; set; } = 10_000;

    /// <summary>
    /// Gets or sets how often a watch that allows bookmarks gets one. Above zero, at most 49 days; default: 1 minute, as kube-apiserver
    /// does.
    /// </summary>
    public TimeSpan BookmarkInterval { get; set; } = TimeSpan.FromMinutes(1);
}
