using System.Collections.Immutable;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>A kubeconfig, and what is around it. Texts may have the placeholders of <see cref="Workplace"/>.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Kubeconfig">The text of the file <c>$folder/config</c>, which KUBECONFIG names; null for none.</param>
internal sealed record CorpusCase(string Name, string? Kubeconfig)
{
    /// <summary>Gets further files by their path in the folder; null makes a folder.</summary>
    public ImmutableDictionary<string, string?> Files { get; init; } = [];

    /// <summary>Gets the environment beside HOME and PATH.</summary>
    public ImmutableDictionary<string, string> Variables { get; init; } =
        ImmutableDictionary<string, string>.Empty.Add("KUBECONFIG", "$folder/config");

    /// <summary>Gets what a message of ours has to contain where we refuse: the field, or the file; null for anything.</summary>
    public string? Names { get; init; }

    /// <summary>
    /// Gets a value indicating whether client-go is the reference: kubectl asks a person for a user name where a program has none to give.
    /// </summary>
    public bool HasNobody { get; init; }

    /// <summary>Gets why we differ from the reference, for good; null where we must not.</summary>
    public string? Differs { get; init; }

    public override string ToString() => Name;

    /// <summary>With another file; null makes a folder.</summary>
    public CorpusCase With(string file, string? text) => this with { Files = Files.Add(file, text) };

    public CorpusCase In(string variable, string value) => this with { Variables = Variables.SetItem(variable, value) };

    public CorpusCase Naming(string what) => this with { Names = what };

    public CorpusCase WithNobody() => this with { HasNobody = true };

    public CorpusCase Differing(string why) => this with { Differs = why };
}
