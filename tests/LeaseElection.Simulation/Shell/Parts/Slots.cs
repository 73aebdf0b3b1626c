namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>Which of a host's parts a type stands for: services are registered by their type.</summary>
internal interface ISlot
{
    static abstract int Index { get; }
}

internal sealed class Slot0 : ISlot
{
    public static int Index => 0;
}

internal sealed class Slot1 : ISlot
{
    public static int Index => 1;
}

internal sealed class Slot2 : ISlot
{
    public static int Index => 2;
}

internal sealed class Slot3 : ISlot
{
    public static int Index => 3;
}
