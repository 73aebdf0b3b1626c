using FailoverDemo.Story;

namespace FailoverDemo.Views;

/// <summary>Shows the scenes to somebody.</summary>
internal interface IView
{
    /// <summary>
    /// Shows what <paramref name="look"/> gives for a timeline of so many steps, until cancelled; then the end, and returns.
    /// </summary>
    Task RunAsync(Func<int, Scene> look, CancellationToken cancellationToken);
}
