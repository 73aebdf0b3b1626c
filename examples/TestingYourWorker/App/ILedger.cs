namespace TestingYourWorker.App;

/// <summary>Where invoices are booked: a table in a database, in production.</summary>
public interface ILedger
{
    /// <summary>
    /// Books one invoice, unless a larger fencing token was seen before: then its sender leads no more, whatever it believes. In SQL,
    /// in one transaction: <c>UPDATE fence SET token = @token WHERE token &lt;= @token</c>; no row: refused; else <c>INSERT …</c>.
    /// </summary>
    /// <exception cref="StaleLeaderException">The token is smaller than one that was seen before.</exception>
    Task BookAsync(string invoice, long fencingToken, CancellationToken cancellationToken);
}
