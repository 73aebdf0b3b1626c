namespace LeaseElection.Connection.Kubeconfigs.Yaml;

/// <summary>A part of a YAML document, with its aliases followed and its merge keys carried out.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal abstract record YamlItem(int Line)
{
    /// <param name="Line">Where it begins.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Value">Its text; of a flag <c>true</c> or <c>false</c>, of a number what JSON has.</param>
    internal sealed record Scalar(int Line, ScalarKind Kind, string Value) : YamlItem(Line);

    internal sealed record Sequence(int Line, IReadOnlyList<YamlItem> Items) : YamlItem(Line);

    internal sealed record Mapping(int Line, IReadOnlyDictionary<string, YamlItem> Entries) : YamlItem(Line);
}
