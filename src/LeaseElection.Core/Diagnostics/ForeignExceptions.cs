namespace LeaseElection.Diagnostics;

/// <summary>What can safely be said of an exception that is not ours: its members are virtual, and may throw in their turn.</summary>
internal static class ForeignExceptions
{
    /// <summary>Its message; where that throws, its type's name.</summary>
    public static string MessageOf(Exception error)
    {
        try
        {
            return error.Message;
        }
        catch (Exception)
        {
            return NameOf(error);
        }
    }

    /// <summary>Its type's name; of the one exception that another wraps, that one's.</summary>
    public static string NameOf(Exception error) =>
        (error is AggregateException { InnerExceptions: [{ } only] } ? only : error).GetType().ToString();
}
