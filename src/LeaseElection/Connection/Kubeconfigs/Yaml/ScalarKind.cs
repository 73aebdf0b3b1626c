namespace LeaseElection.Connection.Kubeconfigs.Yaml;

/// <summary>What a scalar is to kubectl, whose YAML is version 1.1.</summary>
internal enum ScalarKind
{
    Text,
    Number,
    Flag,
    Null,
}
