namespace LeaseElection.Diagnostics;

/// <summary>Describes exceptions that are not ours: their members are virtual, and may throw too.</summary>
internal static class ForeignExceptions
{
    /// <summary>The exception's message; where that throws, the exception's type name.</summary>
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

    /// <summary>The exception's type name; for an aggregate of one exception, the type name of that one.</summary>
    public static string NameOf(Exception error) =>
        (error is AggregateException { InnerExceptions: [{ } only] } ? only : error).GetType().ToString();
}
