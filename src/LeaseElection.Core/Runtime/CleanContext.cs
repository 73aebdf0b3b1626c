namespace LeaseElection.Runtime;

/// <summary>
/// Starts things that outlive their caller, without the caller's execution context. Otherwise a host that is started inside an Activity
/// would have every renewal, and the work of every term, in that trace for ever (S9).
/// </summary>
internal static class CleanContext
{
    public static T Run<T>(Func<T> begin)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return begin();
        using (ExecutionContext.SuppressFlow())
            return begin();
    }
}
