namespace LeaseElection;

/// <summary>
/// The settings of an election. Read from configuration section <c>LeaderElection</c> (all elections of a host), then
/// <c>LeaderElection:Leases:&lt;name&gt;</c> (this one), then code; later wins. Validated when the host starts.
/// </summary>
/// <remarks>Durations that are not set scale with <see cref="LeaseDuration"/>. A term keeps the settings that it began with.</remarks>
public sealed class LeaderElectionOptions
{
    /// <summary>Gets or sets the name of the Lease. Two elections of one host may not share one.</summary>
    /// <value>Default: the election's name. A DNS subdomain name (RFC 1123): at most 253 characters.</value>
    public string? LeaseName { get; set; }

    /// <summary>Gets or sets the namespace of the Lease.</summary>
    /// <value>
    /// Default: that of where the API server was found. In the pod's own cluster: the environment variable <c>POD_NAMESPACE</c>, else the
    /// service account's. By a kubeconfig: its context's. By a configuration in dependency injection: its own, else, where it is for the
    /// pod's own cluster, the pod's. Else <c>default</c>. A DNS label (RFC 1123): at most 63 characters.
    /// </value>
    public string? Namespace { get; set; }

    /// <summary>Gets or sets what says where the API server is, and as whom to go there. Read once, at the start.</summary>
    /// <value>Default: <see cref="ClusterSource.Auto"/>.</value>
    public ClusterSource Source { get; set; }

    /// <summary>
    /// Gets or sets this candidate's identity. Set it only where it is sure to be unique: two electors must never share one.
    /// </summary>
    /// <value>
    /// Default: <c>POD_NAME</c>, <c>HOSTNAME</c> or the machine's name, then <c>_</c> and 16 random hexadecimal digits;
    /// fresh for every elector instance.
    /// </value>
    public string? Identity { get; set; }

    /// <summary>Gets the labels that a Lease gets when we create it. An existing Lease keeps its own.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, string> Labels { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Gets or sets how long the other candidates wait for a silent holder: the longest time without a leader
    /// after a crash. The Lease shows it.
    /// </summary>
    /// <value>Default: 15 s. Range: 1 s to less than 1 day, whole seconds (the Lease carries an integer; never rounded).</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long a leader believes in its term, counted from the send of its last successful write.</summary>
    /// <value>
    /// Default: 2/3 of <see cref="LeaseDuration"/> (10 s). Range: above 0 and less than 1 day, with LeaseDuration >= 1.25 x RenewDeadline
    /// (docs/safety.md: clocks may run 10 % off).
    /// </value>
    public TimeSpan? RenewDeadline { get; set; }

    /// <summary>Gets or sets how often a leader renews.</summary>
    /// <value>
    /// Default: 1/5 of <see cref="LeaseDuration"/> (3 s). Range: above 0 and less than 1 day, with RenewInterval + 2 x RequestTimeout &lt;
    /// RenewDeadline, so that a renewal may fail once.
    /// </value>
    /// <remarks>
    /// The first renewal of a term comes after a random part of it, from a quarter to all, so that elections that began
    /// together do not renew together.
    /// </remarks>
    public TimeSpan? RenewInterval { get; set; }

    /// <summary>
    /// Gets or sets the pace of retries and of polling, and how long we stand aside after <see cref="ILeaderElection.StepDown"/>.
    /// </summary>
    /// <value>Default: 2/15 of <see cref="LeaseDuration"/> (2 s). Range: above 0 and less than 1 day, at most RenewDeadline.</value>
    public TimeSpan? RetryPeriod { get; set; }

    /// <summary>Gets or sets how long one request may take.</summary>
    /// <value>
    /// Default: 2/15 of <see cref="LeaseDuration"/> (2 s). Range: above 0 and less than 1 day; see <see cref="RenewInterval"/>.
    /// </value>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>
    /// Gets or sets how long the work may take to end when we leave of our own will (stop, step-down); we renew meanwhile. After a loss
    /// the work has 0.8 x LeaseDuration - RenewDeadline (2 s). Longer is an overrun: see <see cref="WhenWorkOverruns"/>.
    /// </summary>
    /// <value>Default: 20 s. Range: 0 or more; keep it below the host's ShutdownTimeout (30 s by default).</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets or sets a value indicating whether the Lease is released when we stop, so that a standby leads at once.</summary>
    /// <value>Default: true. False leaves it to expire.</value>
    public bool ReleaseOnStop { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether an Event is written on the Lease when a term of ours begins and when it ends (<c>kubectl
    /// describe lease</c> shows them). Off for the rest of the run once the API server refuses one.
    /// </summary>
    /// <value>Default: false. Needs <c>create</c> on <c>events</c>, which the Role of an election without it lacks.</value>
    public bool PublishEvents { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether our pod carries the labels <c>leaseelection/role: leader</c> and <c>leaseelection/lease</c>
    /// (the Lease's name) while it leads, so that a Service can select the leader. A hint for routing: it may be late, and guards nothing.
    /// </summary>
    /// <value>
    /// Default: false. Needs <c>get</c>, <c>list</c> and <c>patch</c> on <c>pods</c>, and POD_NAME and POD_NAMESPACE (downward API). The
    /// Lease's name then has at most 63 characters.
    /// </value>
    public bool LabelLeaderPod { get; set; }

    /// <summary>Gets or sets what happens when the work fails by itself.</summary>
    /// <value>Default: <see cref="WorkFailurePolicy.StepDown"/>.</value>
    public WorkFailurePolicy WhenWorkFails { get; set; }

    /// <summary>Gets or sets what happens when the work returns by itself.</summary>
    /// <value>
    /// Default: <see cref="WorkCompletionPolicy.KeepLeading"/> in a host, <see cref="WorkCompletionPolicy.Resign"/> for
    /// <see cref="LeaderElector.RunAsync"/>.
    /// </value>
    public WorkCompletionPolicy? WhenWorkCompletes { get; set; }

    /// <summary>Gets or sets what happens when the work goes on after the time that it had to stop.</summary>
    /// <value>Default: <see cref="WorkOverrunPolicy.StopHost"/>.</value>
    public WorkOverrunPolicy WhenWorkOverruns { get; set; }
}
