namespace ReadWriteSplit;

/// <summary>An order, and the fencing token of the term that took it.</summary>
internal sealed record Order(string Item, long FencingToken);
