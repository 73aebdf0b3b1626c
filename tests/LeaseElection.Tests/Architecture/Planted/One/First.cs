using LeaseElection.Tests.Architecture.Planted.Two;

namespace LeaseElection.Tests.Architecture.Planted.One;

/// <summary>Uses <see cref="Second"/>, which uses this: a cycle that <see cref="CycleTests"/> must find.</summary>
internal static class First
{
    public static string Name() => "first";

    public static string Other() => Second.Name();
}
