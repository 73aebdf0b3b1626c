namespace LeaseElection.Pump;

/// <summary>The leader's work for one term. What it throws is a failure of the work.</summary>
/// <param name="term">The term.</param>
/// <param name="failed">Tells at once of a part that threw, while other parts still run (S8); also of what a part throws while it stops.</param>
/// <returns>A task that ends when nothing of the work runs any more (S6).</returns>
internal delegate Task TermBody(LeadershipTerm term, Action<Exception> failed);
