namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>All cases by name.</summary>
internal static class Cases
{
    public static IReadOnlyDictionary<string, CorpusCase> All { get; } = new IEnumerable<CorpusCase>[]
    {
        UserCases.All, PluginCases.All, ClusterCases.All, ProxyCases.All, FileCases.All, Combinations.All,
    }.SelectMany(cases => cases).ToDictionary(@case => @case.Name, StringComparer.Ordinal);
}
