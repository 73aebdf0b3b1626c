namespace ReadWriteSplit;

/// <summary>What is ordered.</summary>
internal sealed record NewOrder(string Item);
