namespace LeaseElection.Testing.Objects;

/// <summary>A field of an object.</summary>
/// <param name="Name">As in JSON.</param>
/// <param name="Type">What it holds.</param>
/// <param name="KeepsZero">Whether an empty or zero value is kept: a pointer in Go's type.</param>
/// <param name="Of">The fields of an object, or of the objects of a list.</param>
/// <param name="GoType">Go's type where it does not follow from the others, for messages.</param>
internal sealed record Field(string Name, FieldType Type, bool KeepsZero = false, Schema? Of = null, string? GoType = null)
{
    /// <summary>What Go calls the field's type.</summary>
    public string TypeName => GoType ?? Type switch
    {
        FieldType.Flag => "bool",
        FieldType.Int32 => "int32",
        FieldType.Int64 => "int64",
        FieldType.TextMap => "map[string]string",
        FieldType.TextList => "[]string",
        FieldType.Object => Of!.Go,
        FieldType.ObjectList => $"[]{Of!.Go}",
        _ => "string",
    };
}
