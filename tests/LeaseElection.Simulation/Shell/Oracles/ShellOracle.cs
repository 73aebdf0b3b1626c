namespace LeaseElection.Simulation.Shell.Oracles;

/// <summary>Judges a world. It knows what was seen, and nothing of how the library works.</summary>
internal sealed class ShellOracle
{
    private readonly HashSet<(ShellRule, string)> _told = [];

    /// <summary>Gets what was found, the first of each kind for each subject.</summary>
    public List<ShellViolation> Found { get; } = [];

    public void Judge(Scene scene)
    {
        Add(scene, WorkRules.Judge(scene));
        Add(scene, TermRules.Judge(scene));
        Add(scene, HostRules.Judge(scene));
    }

    public void JudgeEnd(Scene scene) => Add(scene, HostRules.JudgeEnd(scene));

    public void Add(ShellRule rule, TimeSpan at, string text)
    {
        if (_told.Add((rule, text)))
            Found.Add(new(rule, at, text));
    }

    private void Add(Scene scene, IEnumerable<(ShellRule Rule, string Subject, string Text)> found)
    {
        foreach (var (rule, subject, text) in found)
        {
            if (_told.Add((rule, subject)))
                Found.Add(new(rule, scene.Now, text));
        }
    }
}
