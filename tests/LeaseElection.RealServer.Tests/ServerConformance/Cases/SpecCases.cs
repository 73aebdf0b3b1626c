using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>What a Lease's spec may hold.</summary>
internal static class SpecCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Spec_MicroTime", Times(
            "2026-03-01T12:00:03.000000Z", "2026-03-01T12:00:03.000001Z", "2026-03-01T12:00:03.120000Z", "2026-03-01T12:00:03Z", "2026-03-01T12:00:03.1Z",
            "2026-03-01T12:00:03.123Z", "2026-03-01T12:00:03.12345Z", "2026-03-01T12:00:03.1234567Z", "2026-03-01T12:00:03.123456789Z")),
        new("Spec_MicroTimeInAZone", Times("2026-03-01T12:00:03.000000+02:00", "2026-03-01T12:00:03.000000-05:30", "2026-03-01T12:00:03.000000", "2026-03-01T12:00:03.000000z",
            "2026-03-01T00:30:03.000000+02:00", "2026-03-01T12:00:03.000000+00:00")),
        new("Spec_MicroTimeGarbage", Times("", "garbage", "2026-02-30T12:00:03.000000Z", "2026-03-01 12:00:03.000000Z", "2026-03-01t12:00:03.000000Z",
            "9999-12-31T23:59:59.999999Z", "10000-01-01T00:00:00.000000Z", "2026-03-01T24:00:00.000000Z", "2026-03-01T12:00:60.000000Z",
            "1677-01-01T00:00:00.000000Z", "2026-03-01T12:00:03,000000Z", "2026-3-01T12:00:03.000000Z")),
        new("Spec_MicroTimeOfYearsNobodyWrites", Times("0000-01-01T00:00:00.000000Z", "0001-01-01T00:00:00.000000Z")),
        new("Spec_MicroTimeOfOtherTypes", Raw("renewTime", "1", "true", "{}", "[]", "null")),
        new("Spec_Duration", Raw("leaseDurationSeconds", "1", "2147483647", "0", "-1", "2147483648", "-2147483648", "9223372036854775808", "1.5", "15.0", "1e1", "1e0", "\"15\"", "true", "null", "{}")),
        new("Spec_Transitions", Raw("leaseTransitions", "0", "2147483647", "-1", "2147483648", "1.5", "\"1\"", "null")),
        new("Spec_Holder", Raw("holderIdentity", "\"\"", "\" \"", "\"ä€😀\"", "\"<&>\\u2028\\\"\\\\\\n\\u0001\"", "\"\\ud800\"", "1", "true", "null", "{}", "[]", "\"{h*10000}\"")),
        new("Spec_OfOtherTypes", Create("a", "[]"), Create("a", "\"x\""), Create("a", "1"), Create("a", "true"),
            Post("""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":[]}"""), Post("""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":1}}"""),
            Post("""{"apiVersion":1,"kind":"Lease","metadata":{"name":"a"}}"""), Post("""{"apiVersion":"coordination.k8s.io/v1","kind":true,"metadata":{"name":"a"}}"""),
            Create("a", "{}", ""","creationTimestamp":"yesterday" """), Create("a", "{}", ""","annotations":{"x":{}}"""), Create("a", "{}", ""","generation":"x" """)),
        new("Spec_SeveralFaults", Create("a", """{"leaseDurationSeconds":-5,"leaseTransitions":-5}"""), Create("a", """{"leaseDurationSeconds":"x","renewTime":"y"}""")),
        new("Spec_FaultOnUpdate", Create("a", Holder("x")), Put("a", Lease("a", """{"leaseDurationSeconds":0}""", ""","resourceVersion":"{1.resourceVersion}" """)),
            Put("a", Lease("a", """{"leaseTransitions":-1}""", ""","resourceVersion":"{1.resourceVersion}" """)),
            Put("a", Lease("a", """{"renewTime":"2026-03-01T12:00:03Z"}""", ""","resourceVersion":"{1.resourceVersion}" """)),
            Put("a", Lease("a", """{"leaseTransitions":0}""", ""","resourceVersion":"{1.resourceVersion}" """))),
    ];

    private static Step[] Times(params string[] values) => Raw("renewTime", [.. values.Select(v => $"\"{v}\"")]);

    private static Step[] Raw(string field, params string[] values) =>
        [.. values.Select((value, i) => Create($"a{i}", $$"""{"{{field}}":{{value}}}"""))];
}
