using LeaseElection.Benchmarks.CommandLine;

namespace LeaseElection.Examples.Tests.Benchmarks.CommandLine;

public sealed class RequestReaderTests
{
    [Fact]
    public void Read_WhatAlone_LeavesSizesToIt()
    {
        var request = RequestReader.Read(["failover"])!;

        Assert.Equal("failover", request.What.Name);
        Assert.Equal((null, null, null, false), (request.Runs, request.Standbys, request.Window, request.Smallest));
    }

    [Fact]
    public void Read_EveryOption_IsRead()
    {
        var handover = RequestReader.Read(["handover", "--runs", "7", "--standbys", "1,5", "--out", "a.json", "--plot", "a.svg"])!;
        var load = RequestReader.Read(["load", "--minutes", "2.5"])!;

        Assert.Equal((7, "a.json", "a.svg"), (handover.Runs, handover.Out, handover.Plot));
        Assert.Equal([1, 5], handover.Standbys!);
        Assert.Equal(TimeSpan.FromSeconds(150), load.Window);
        Assert.Equal([10, 20_000], RequestReader.Read(["scale", "--elections", "10,20000"])!.Elections!);
    }

    [Fact]
    public void Read_Smallest_IsRead() => Assert.True(RequestReader.Read(["startup", "--smallest"])!.Smallest);

    [Theory]
    [InlineData("nothing is given to measure: it must be one of handover, failover, load, scale, startup, renewal or micro")]
    [InlineData("'--runs' is nothing that is measured: the first argument must be one of", "--runs", "3")]
    [InlineData("'speed' is nothing that is measured", "speed")]
    [InlineData("Unrecognized command or argument '--frobnicate'. load takes --runs, --standbys, --minutes, --out, --plot, --smallest: see load --help", "load", "--frobnicate")]
    [InlineData("Unrecognized command or argument '3'. handover takes", "handover", "3")]
    [InlineData(
        "Unrecognized command or argument '--minutes'. handover takes --runs, --standbys, --out, --plot, --smallest", "handover",
        "--minutes", "3")]
    [InlineData("Unrecognized command or argument '--standbys'. failover takes", "failover", "--standbys", "3")]
    [InlineData("Required argument missing for option: '--runs'. handover takes", "handover", "--runs")]
    [InlineData("--runs is '--smallest': it must be a whole number", "handover", "--runs", "--smallest")]
    [InlineData("--runs is '0': it must be a whole number from 1 to 10000, as in '--runs 40'", "handover", "--runs", "0")]
    [InlineData("--runs is '2.5': it must be a whole number", "handover", "--runs", "2.5")]
    [InlineData("Option '--runs' expects a single argument but 2 were provided", "handover", "--runs", "2", "--runs", "3")]
    [InlineData("--standbys is '0': it must be a whole number from 1 to 200", "handover", "--standbys", "0")]
    [InlineData("--standbys is '': it must be a whole number", "handover", "--standbys", "1,")]
    [InlineData("--standbys is '5,5': it must have no number twice", "handover", "--standbys", "5,5")]
    [InlineData(
        "--elections is '20001': it must be a whole number from 1 to 20000, as in '--elections 10,1000'", "scale", "--elections", "20001")]
    [InlineData("Unrecognized command or argument '--elections'. load takes", "load", "--elections", "10")]
    [InlineData("--minutes is '0': it must be a number from 0.1 to 60", "load", "--minutes", "0")]
    [InlineData("--minutes is 'NaN': it must be a number", "load", "--minutes", "NaN")]
    [InlineData("--out is 'a.txt': it must end with .json", "load", "--out", "a.txt")]
    [InlineData("--plot is 'a.png': it must end with .svg", "load", "--plot", "a.png")]
    [InlineData("--plot is 'no/such/folder/a.svg': its folder must exist", "load", "--plot", "no/such/folder/a.svg")]
    [InlineData("--runs goes without --smallest", "handover", "--runs", "2", "--smallest")]
    public void Read_Mistake_SaysWhatIsRight(string message, params string[] args) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => RequestReader.Read(args)).Message, StringComparison.Ordinal);

    [Fact]
    public void Help_NamesEveryWhatAndItsOptions()
    {
        Assert.Null(RequestReader.Read(["--help"]));
        AssertNames([.. BenchmarkCatalog.All.Select(what => what.Name), "renewal", "micro", "--help"]);
        foreach (var what in BenchmarkCatalog.All)
        {
            Assert.Null(RequestReader.Read([what.Name, "--help"]));
            AssertNames([.. what.Takes.Select(option => option.Name), "--out", "--plot", "--smallest", "--help"], what.Name);
        }

        static void AssertNames(IEnumerable<string> names, params string[] of)
        {
            using var help = new StringWriter();
            Assert.Equal(0, RequestReader.WriteHelp(help, of));
            Assert.All(names, name => Assert.Contains(name, help.ToString(), StringComparison.Ordinal));
        }
    }
}
