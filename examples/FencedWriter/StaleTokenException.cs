namespace FencedWriter;

/// <summary>The database has seen a larger fencing token: the sender of this one leads no more.</summary>
internal sealed class StaleTokenException(string message, Exception refused) : Exception(message, refused);
