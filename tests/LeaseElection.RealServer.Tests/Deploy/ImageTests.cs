using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace LeaseElection.RealServer.Tests.Deploy;

/// <summary>Dockerfiles and workflows cannot run here; that what they name exists can be checked.</summary>
public sealed partial class ImageTests
{
    public static TheoryData<string> Deployable => Examples.Deployable;

    [Theory]
    [MemberData(nameof(Deployable))]
    public void Dockerfile_CopiesWhatIsThereAndStartsTheExample(string example)
    {
        var lines = File.ReadAllLines(Examples.FileOf("examples", example, "Dockerfile"));
        var copied = lines.Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(l => l.Split(' ')[1..^1]).ToList();
        Assert.All(copied, path => Assert.True(Path.Exists(Examples.FileOf(path)), $"{path} is not there"));
        Assert.Contains($"examples/{example}", copied);
        // All that the project references is copied.
        var references = Reference().Matches(File.ReadAllText(Examples.FileOf("examples", example, $"{example}.csproj")))
            .Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, path => Assert.StartsWith("../../src/", path, StringComparison.Ordinal));
        Assert.Contains($"ENTRYPOINT [\"dotnet\", \"{example}.dll\"]", lines);
    }

    [Fact]
    public void Workflows_CallScriptsThatExistAndBuildEveryImage()
    {
        var ci = Load(".github/workflows/ci.yml");
        var images = (YamlMappingNode)ci["jobs"]["images"];
        var matrix = ((YamlSequenceNode)images["strategy"]["matrix"]["example"]).Select(n => n.ToString()).ToList();
        var withImage = Directory.EnumerateDirectories(Examples.FileOf("examples")).Where(f => File.Exists(Path.Combine(f, "Dockerfile")))
            .Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
        Assert.Equal(withImage, matrix);
        var reusable = images["uses"].ToString();
        Assert.Contains("workflow_call", ((YamlMappingNode)Load(reusable)["on"]).Children.Keys.Select(k => k.ToString()));

        var runs = ((YamlSequenceNode)ci["jobs"]["test"]["steps"]).OfType<YamlMappingNode>().Where(s => s.Children.ContainsKey("run"))
            .Select(s => s["run"].ToString()).ToList();
        Assert.Contains("bash .ci/run", runs);
        Assert.True(File.Exists(Examples.FileOf(".ci", "run")));
        Assert.All(
            Script().Matches(File.ReadAllText(Examples.FileOf(".github", "workflows", "ci.yml"))).Select(m => m.Value),
            path => Assert.True(File.Exists(Examples.FileOf(path)), path));
    }

    private static YamlMappingNode Load(string path)
    {
        using var reader = File.OpenText(Examples.FileOf(path));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    [GeneratedRegex("ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"eng/[a-z-]+\.sh")]
    private static partial Regex Script();
}
