using System.Text.RegularExpressions;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>A part of texts that is not compared as it is.</summary>
internal sealed record ListedText(Regex Pattern, string Instead, string Reason);

/// <summary>A header that is not compared, by the beginning of its name.</summary>
internal sealed record ListedHeader(string Name, string Reason);

/// <summary>A step of a case whose answers must differ: once they agree, the entry has to go.</summary>
internal sealed record ListedAnswer(string Case, int Step, string Reason);
