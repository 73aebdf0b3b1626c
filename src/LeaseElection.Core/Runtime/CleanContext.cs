namespace LeaseElection.Runtime;

/// <summary>
/// Begins things that outlive their caller: nothing of the caller's execution context flows into them. A host that is started inside an Activity
/// would otherwise have every renewal, and the work of every term, in that trace for ever (S9).
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
