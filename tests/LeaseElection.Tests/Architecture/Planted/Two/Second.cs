using LeaseElection.Tests.Architecture.Planted.One;

namespace LeaseElection.Tests.Architecture.Planted.Two;

/// <summary>Uses <see cref="First"/>, which uses this.</summary>
internal static class Second
{
    public static string Name() => "second";

    public static string Other() => First.Name();
}
