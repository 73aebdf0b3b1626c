using System.Globalization;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Scale.Elections;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>
/// A process with many elections, started by this program. Says when it leads them all, or knows who does; and answers questions, a line
/// each: how many
/// terms were lost, how many bytes of objects live.
/// </summary>
internal static class ScaleChild
{
    public const string Command = "scale-child";
    public const string Lost = "lost";
    public const string Heap = "heap";

    public static async Task<int> RunAsync(string[] args)
    {
        var (access, space, count) = (new ClusterAccess(args[1]), args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
        var tally = new Tally(count);
        IElections elections = args[4] switch
        {
            Contestants.Ours => new OurElections(access.Configuration(), space, tally),
            Contestants.KubernetesClient => new TheirElections(access.CreateClient(), space, tally),
            _ => new RawElections(new(access, space), tally),
        };
        for (var i = 0; i < count; i++)
            _ = RunAsync(elections, FormattableString.Invariant($"scale-{i}"));

        await tally.Settled;
        Console.WriteLine("settled");
        while (await Console.In.ReadLineAsync() is { } question)
            Console.WriteLine(FormattableString.Invariant(
                $"{question} {(question == Heap ? GC.GetTotalMemory(forceFullCollection: true) : tally.Lost)}"));
        return 0;
    }

    private static async Task RunAsync(IElections elections, string name)
    {
        try
        {
            await elections.RunAsync(name);
        }
        catch (Exception e)
        {
            // Nobody waits for it: what it measured would be less than it says.
            await Console.Error.WriteLineAsync($"benchmarks: {name}: {e}");
            Environment.Exit(1);
        }
    }
}
