namespace LeaseElection.Runtime.Terms;

/// <summary>The leader's work for one term. What it throws is a failure of the work.</summary>
/// <param name="term">The term.</param>
/// <param name="report">What the work says while it runs.</param>
/// <returns>A task that ends when nothing of the work runs any more (S6).</returns>
internal delegate Task TermBody(LeadershipTerm term, IWorkReport report);
