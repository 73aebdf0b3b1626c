namespace LeaseElection.Testing.Objects;

/// <summary>What a lenient decoder overlooks, and kube-apiserver warns of: unknown fields, and fields that there are twice.</summary>
/// <param name="doubled">The paths of the fields that there are twice.</param>
internal sealed class Strictness(IReadOnlySet<string> doubled)
{
    private readonly List<string> _found = [];

    /// <summary>Gets what was found, in the order of the text.</summary>
    public IReadOnlyList<string> Found => _found;

    public void Known(string path)
    {
        if (doubled.Contains(path))
            _found.Add($"duplicate field \"{path}\"");
    }

    public void Unknown(string path) => _found.Add($"unknown field \"{path}\"");
}
