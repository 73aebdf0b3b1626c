using LeaseElection.Diagnostics;
using LeaseElection.Leases;

namespace LeaseElection.Tests.Diagnostics;

public sealed class RejectionAdviceTests
{
    private const string General = "The API server refuses the request: the message says why.";

    public static TheoryData<string> Kinds => [.. Enum.GetNames<RejectionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Role_IsPrintedForAMissingPermissionAlone(string kind) =>
        Assert.Equal(kind == "Forbidden", For(kind).Contains("kind: Role", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_HasAdviceOfItsOwn(string kind) => Assert.Equal(kind == "Other", For(kind) == General);

    private static string For(string kind) =>
        RejectionAdvice.For(new(Enum.Parse<RejectionKind>(kind), "update", 403, "no"), "jobs/report-worker");
}
