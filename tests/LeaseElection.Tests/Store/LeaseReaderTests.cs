using System.Text;
using System.Text.Json.Nodes;
using LeaseElection.Leases;
using LeaseElection.Store.Json;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Store;

public sealed class LeaseReaderTests
{
    [Fact]
    [Scenario(12)]
    public void Read_FullLease_GivesEveryField()
    {
        var lease = SampleLeases.Read(SampleLeases.Full);

        Assert.Equal((SampleLeases.Uid, 4711L, "a1b2/15/7"), (lease.Uid, lease.Version, lease.Mark));
        Assert.Equal(
            new LeaseSpec
            {
                HolderIdentity = "pod-1_0badcafe",
                LeaseDurationSeconds = 15,
                AcquireTime = MicroTime.From(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)),
                RenewTime = MicroTime.From(new(2026, 3, 1, 12, 0, 3, 120, 7, TimeSpan.Zero)),
                LeaseTransitions = 7,
                Extra = """{"strategy":"OldestEmulationVersion","preferredHolder":"pod-2","futureSpec":{"z":1,"a":"ü"}}""",
            },
            lease.Spec);
    }

    [Theory]
    [Scenario(2, 46)]
    [InlineData("""{}""")]
    [InlineData("null")]
    [InlineData("""{"holderIdentity":null,"leaseDurationSeconds":null,"acquireTime":null,"renewTime":null,"leaseTransitions":null,"strategy":null}""")]
    public void Read_EmptyOrNullSpec_IsTheDefaultSpec(string spec) =>
        Assert.Equal(default, SampleLeases.Read(SampleLeases.With(lease => lease["spec"] = JsonNode.Parse(spec))).Spec);

    [Fact]
    [Scenario(2)]
    public void Read_NoSpecAndNoAnnotations_IsTheDefaultSpecWithoutAMark()
    {
        var lease = SampleLeases.Read(SampleLeases.With(lease =>
        {
            lease.Remove("spec");
            lease["metadata"]!.AsObject().Remove("annotations");
        }));

        Assert.Equal(default, lease.Spec);
        Assert.Null(lease.Mark);
    }

    [Theory]
    [Scenario(46)]
    [InlineData("leaseTransitions", "2147483647")]
    [InlineData("leaseDurationSeconds", "-5")]
    [InlineData("leaseDurationSeconds", "1000000000")]
    public void Read_OddNumbers_AreGivenAsTheyAre(string field, string number)
    {
        var spec = SampleLeases.Read(SampleLeases.With(lease => lease["spec"]![field] = JsonNode.Parse(number))).Spec;

        Assert.Equal(number, (field == "leaseTransitions" ? spec.LeaseTransitions : spec.LeaseDurationSeconds).ToString());
    }

    [Theory]
    [Scenario(46)]
    [InlineData("0001-01-01T00:00:00.000000Z")]
    [InlineData("9999-12-31T23:59:59.999999Z")]
    public void Read_TimesFarAway_AreGivenAsTheyAre(string time) =>
        Assert.Equal(time, SampleLeases.Read(SampleLeases.With(lease => lease["spec"]!["renewTime"] = time)).Spec.RenewTime.ToString());

    [Theory]
    [Scenario(46)]
    [InlineData("0000-12-31T23:59:59.000000Z")]
    [InlineData("10000-01-01T00:00:00.000000Z")]
    [InlineData("2016-12-31T23:59:60.000000Z")]
    [InlineData("2026-03-01T12:00:03.1200071Z")]
    [InlineData("12:00")]
    [InlineData("yesterday")]
    public void Read_TimeThatDotNetCannotHold_IsKeptAsText(string time)
    {
        var lease = SampleLeases.Read(SampleLeases.With(lease => (lease["spec"]!["acquireTime"], lease["spec"]!["renewTime"]) = (time, time)));

        Assert.Equal((time, null), (lease.Spec.RenewTime.ToString(), lease.Spec.RenewTime!.Value.Micro));
        Assert.Equal(lease.Spec.AcquireTime, lease.Spec.RenewTime);
        Assert.NotEqual(lease.Spec, SampleLeases.Read(SampleLeases.Full).Spec);
        var written = Encoding.UTF8.GetString(
            new LeaseWriter("jobs", SampleLeases.Name, new Dictionary<string, string>()).Write(SampleLeases.Renewal(lease)).Json.Span);
        Assert.Equal(time, JsonNode.Parse(written)!["spec"]!["acquireTime"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("2026-03-01T12:00:03.12000710Z", "2026-03-01T12:00:03.1200072Z")]
    [InlineData("yesterday", "Yesterday")]
    public void Read_TimesThatDifferAtAll_AreNotTheSame(string one, string other) => Assert.NotEqual(LeaseTime.Read(one), LeaseTime.Read(other));

    [Theory]
    [InlineData("2026-03-01T12:00:03.120007Z")]
    [InlineData("2026-03-01T13:00:03.120007+01:00")]
    [InlineData("2026-03-01T12:00:03.120007")]
    public void Read_TheSameInstantInAnotherForm_IsTheSameTime(string time) => Assert.Equal(
        SampleLeases.Read(SampleLeases.Full).Spec,
        SampleLeases.Read(SampleLeases.With(lease => lease["spec"]!["renewTime"] = time)).Spec);

    [Fact]
    public void Read_Application_IsGivenAndOddOnesAreNone()
    {
        Assert.Equal("billing", SampleLeases.Read(SampleLeases.With(lease => lease["metadata"]!["annotations"]!["leaseelection/application"] = "billing")).Application);
        Assert.Null(SampleLeases.Read(SampleLeases.With(lease => lease["metadata"]!["annotations"]!["leaseelection/application"] = 7)).Application);
        Assert.Null(SampleLeases.Read(SampleLeases.Full).Application);
    }

    [Fact]
    [Scenario(46)]
    public void Read_HolderOfTenKilobytes_IsGivenAsItIs()
    {
        var holder = new string('ü', 5 * 1024);

        Assert.Equal(holder, SampleLeases.Read(SampleLeases.With(lease => lease["spec"]!["holderIdentity"] = holder)).Spec.HolderIdentity);
    }

    [Theory]
    [Scenario(40)]
    [InlineData("")]
    [InlineData("<html>502</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("""{"kind":"Status","message":"no"}""")]
    [InlineData("""{"kind":"Lease"}""")]
    [InlineData("""{"kind":"Lease","metadata":[]}""")]
    [InlineData("""{"kind":"Lease","metadata":{"name":"report-worker","uid":"u"}}""")]
    [InlineData("""{"kind":"Lease","kind":"Lease","metadata":{"name":"report-worker","uid":"u","resourceVersion":"1"}}""")]
    public void Read_NotALease_IsAFailureValue(string json) => Assert.NotEmpty(SampleLeases.Unreadable(json));

    [Fact]
    [Scenario(40)]
    public void Read_TruncatedAnywhere_IsAFailureValue()
    {
        for (var length = 0; length < SampleLeases.Full.TrimEnd().Length; length++)
            Assert.NotEmpty(SampleLeases.Unreadable(SampleLeases.Full[..length]));
    }

    [Theory]
    [InlineData("uid", "\"\"", "uid")]
    [InlineData("uid", "null", "uid")]
    [InlineData("resourceVersion", "\"12a\"", "resourceVersion '12a'")]
    [InlineData("resourceVersion", "\"-1\"", "resourceVersion '-1'")]
    [InlineData("resourceVersion", "\"0\"", "resourceVersion '0'")]
    [InlineData("resourceVersion", "\" 12\"", "resourceVersion ' 12'")]
    [InlineData("resourceVersion", "\"1,2\"", "resourceVersion '1,2'")]
    [InlineData("resourceVersion", "12", "resourceVersion")]
    [InlineData("resourceVersion", "\"9223372036854775808\"", "resourceVersion")]
    [InlineData("name", "\"another\"", "'another'")]
    [InlineData("annotations", "{\"leaseelection/term\":7}", "leaseelection/term")]
    public void Read_OddMetadata_FailsAndNamesTheField(string field, string value, string named) =>
        Assert.Contains(
            named, SampleLeases.Unreadable(SampleLeases.With(lease => lease["metadata"]![field] = JsonNode.Parse(value))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("holderIdentity", "7")]
    [InlineData("leaseDurationSeconds", "\"15\"")]
    [InlineData("leaseDurationSeconds", "1.5")]
    [InlineData("leaseTransitions", "2147483648")]
    [InlineData("acquireTime", "12")]
    public void Read_OddSpec_FailsAndNamesTheField(string field, string value) =>
        Assert.Contains(
            field, SampleLeases.Unreadable(SampleLeases.With(lease => lease["spec"]![field] = JsonNode.Parse(value))),
            StringComparison.Ordinal);

    [Fact]
    public void Read_InvalidUnicode_IsAFailureValue() =>
        Assert.NotEmpty(SampleLeases.Unreadable(SampleLeases.Full.Replace("pod-1_0badcafe", "\\ud800", StringComparison.Ordinal)));

    [Fact]
    public void Read_TheSameSpecWithOtherWhitespaceAndNulls_IsTheSameSpec()
    {
        var compact = SampleLeases.With(lease => lease["spec"]!["later"] = null);

        Assert.Equal(SampleLeases.Read(SampleLeases.Full).Spec, SampleLeases.Read(compact).Spec);
    }

    [Fact]
    public void Read_AnUnknownFieldChanged_IsAnotherSpec() =>
        Assert.NotEqual(
            SampleLeases.Read(SampleLeases.Full).Spec,
            SampleLeases.Read(SampleLeases.With(lease => lease["spec"]!["preferredHolder"] = "pod-3")).Spec);
}
