namespace LeaseElection.Testing.Objects;

/// <summary>The types that fields of a Lease have.</summary>
internal enum FieldType
{
    Text,
    Flag,
    Int32,
    Int64,
    Time,
    MicroTime,
    TextMap,
    TextList,
    Object,
    ObjectList,

    /// <summary>Taken and dropped: the server keeps no such thing.</summary>
    Ignored,
}
