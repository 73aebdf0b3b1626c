using System.Text;
using System.Text.Json.Nodes;
using LeaseElection.Leases;
using LeaseElection.Store.Json;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Store;

public sealed class LeaseWriterTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "reports" };

    [Fact]
    [Scenario(12)]
    public void Write_WhatWasRead_IsLossless()
    {
        var read = SampleLeases.Read(SampleLeases.Full);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(SampleLeases.Full), Write(SampleLeases.Renewal(read))));
    }

    [Fact]
    [Scenario(12)]
    public void Write_Renewal_ChangesTheSpecAndTheMarkAlone()
    {
        var read = SampleLeases.Read(SampleLeases.Full);
        var write = SampleLeases.Renewal(read) with
        {
            Spec = read.Spec with { HolderIdentity = "b", LeaseDurationSeconds = 3, RenewTime = MicroTime.From(new(2026, 3, 1, 12, 0, 9, TimeSpan.Zero)), LeaseTransitions = 8 },
            Mark = "ffff/3/8",
        };

        var expected = JsonNode.Parse(SampleLeases.Full)!;
        expected["metadata"]!["annotations"]!["leaseelection/term"] = "ffff/3/8";
        expected["spec"]!["holderIdentity"] = "b";
        expected["spec"]!["leaseDurationSeconds"] = 3;
        expected["spec"]!["renewTime"] = "2026-03-01T12:00:09.000000Z";
        expected["spec"]!["leaseTransitions"] = 8;
        Assert.True(JsonNode.DeepEquals(expected, Write(write)));
    }

    [Fact]
    [Scenario(12)]
    public void Write_Renewal_CopiesWhatIsBetweenTheFieldsThatItChanges()
    {
        var read = SampleLeases.Read("  " + SampleLeases.Full + " \n");
        var text = Text(SampleLeases.Renewal(read) with { Version = 12, Mark = "ffff/3/8" });

        Assert.StartsWith(
            SampleLeases.Full[..SampleLeases.Full.IndexOf("\"4711\"", StringComparison.Ordinal)] + "\"12\"", text,
            StringComparison.Ordinal);
        Assert.EndsWith(
            SampleLeases.Full[SampleLeases.Full.IndexOf(",\n  \"status\"", StringComparison.Ordinal)..], text, StringComparison.Ordinal);
        Assert.Contains("\"ffff/3/8\", \"note\": \"Grüße \\\"an\\\" <alle> & 日本\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [Scenario(12)]
    [InlineData("spec", "metadata")]
    [InlineData("metadata", "kind")]
    [InlineData("status", "spec")]
    public void Write_LeaseInAnotherOrder_IsLossless(params string[] first)
    {
        var json = SampleLeases.With(lease =>
        {
            var fields = lease.OrderBy(f => Array.IndexOf(first, f.Key) is >= 0 and var place ? place : first.Length)
                .Select(f => (f.Key, f.Value?.DeepClone())).ToList();
            lease.Clear();
            foreach (var (name, value) in fields)
                lease[name] = value;
            var metadata = lease["metadata"]!.AsObject();
            var version = metadata["resourceVersion"]!.DeepClone();
            metadata.Remove("resourceVersion");
            metadata["resourceVersion"] = version;
        });

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), Write(SampleLeases.Renewal(SampleLeases.Read(json)))));
    }

    [Fact]
    public void Write_Update_CarriesTheWritesOwnPrecondition()
    {
        var metadata = Write(SampleLeases.Renewal(SampleLeases.Read(SampleLeases.Full)) with { Uid = "other", Version = 9_007_199_254_740_993 })["metadata"]!;

        Assert.Equal(("other", "9007199254740993"), (metadata["uid"]!.GetValue<string>(), metadata["resourceVersion"]!.GetValue<string>()));
    }

    [Fact]
    public void Write_UpdateWithoutTheRest_StillCarriesThePrecondition()
    {
        var metadata = Write(SampleLeases.Creation() with { Uid = "u", Version = 12 })["metadata"]!;

        Assert.Equal(("u", "12", "jobs"), (metadata["uid"]!.GetValue<string>(), metadata["resourceVersion"]!.GetValue<string>(), metadata["namespace"]!.GetValue<string>()));
    }

    [Fact]
    public void Write_LeaseWithoutAnnotations_GetsTheMark()
    {
        var read = SampleLeases.Read(SampleLeases.With(lease => lease["metadata"]!.AsObject().Remove("annotations")));

        Assert.Equal(
            "m",
            Write(SampleLeases.Renewal(read) with { Mark = "m" })["metadata"]!["annotations"]!["leaseelection/term"]!.GetValue<string>());
    }

    [Fact]
    public void Write_EmptiedMark_IsPresentAndEmpty() =>
        Assert.Equal("", Write(SampleLeases.Renewal(SampleLeases.Read(SampleLeases.Full)) with { Mark = TermMark.Emptied })["metadata"]!["annotations"]!["leaseelection/term"]!.GetValue<string>());

    [Fact]
    [Scenario(1)]
    public void Write_Creation_HasNameNamespaceLabelsAndMark()
    {
        var expected = JsonNode.Parse("""
            {
              "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
              "metadata": {"name": "report-worker", "namespace": "jobs", "labels": {"app": "reports"}, "annotations": {"leaseelection/term": "a1b2/15/0"}},
              "spec": {
                "holderIdentity": "pod-1_0badcafe", "leaseDurationSeconds": 15, "leaseTransitions": 0,
                "acquireTime": "1970-01-01T00:00:00.000001Z", "renewTime": "1970-01-01T00:00:00.000001Z"
              }
            }
            """);

        Assert.True(JsonNode.DeepEquals(expected, Write(SampleLeases.Creation())));
    }

    [Fact]
    public void Write_WholeSecond_HasSixFractionalDigits() =>
        Assert.Contains("T12:00:00.000000Z", Text(SampleLeases.Renewal(SampleLeases.Read(SampleLeases.Full))), StringComparison.Ordinal);

    [Fact]
    [Scenario(12)]
    public void Write_ThenRead_GivesTheSameSpecAndMark()
    {
        var read = SampleLeases.Read(SampleLeases.Full);
        var again = SampleLeases.Read(Text(SampleLeases.Renewal(read)));

        Assert.Equal((read.Uid, read.Version, read.Spec, read.Mark), (again.Uid, again.Version, again.Spec, again.Mark));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("billing")]
    public void Write_OverAnothersRecord_SaysWhoseItIsNowAndKeepsTheRest(string? before)
    {
        var json = SampleLeases.With(lease => lease["metadata"]!["annotations"]!["leaseelection/application"] = before);
        var expected = JsonNode.Parse(json)!;
        expected["metadata"]!["annotations"]!["leaseelection/application"] = "reports";

        Assert.True(JsonNode.DeepEquals(expected, Write(SampleLeases.Renewal(SampleLeases.Read(json)), "reports")));
    }

    [Fact]
    public void Write_Creation_SaysWhoseItIs() => Assert.Equal(
        "reports", Write(SampleLeases.Creation(), "reports")["metadata"]!["annotations"]!["leaseelection/application"]!.GetValue<string>());

    [Theory]
    [InlineData("reports", "pod-1_0badcafe")]
    [InlineData("billing", "")]
    public void Write_OfOurOwnOrAReleased_IsACopyOfWhatIsBetween(string found, string holder)
    {
        var json = SampleLeases.Full.Replace("\"note\"", $"\"leaseelection/application\": \"{found}\", \"note\"", StringComparison.Ordinal);
        var read = SampleLeases.Read(json);
        var text = Text(SampleLeases.Renewal(read) with { Spec = read.Spec with { HolderIdentity = holder } }, "reports");

        Assert.StartsWith(json[..json.IndexOf("\"spec\"", StringComparison.Ordinal)], text, StringComparison.Ordinal);
    }

    private static string Text(LeaseWrite write, string? application = null) =>
        Encoding.UTF8.GetString(new LeaseWriter("jobs", SampleLeases.Name, Labels, application).Write(write).Json.Span);

    private static JsonNode Write(LeaseWrite write, string? application = null) => JsonNode.Parse(Text(write, application))!;
}
