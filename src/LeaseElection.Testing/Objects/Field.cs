namespace LeaseElection.Testing.Objects;

/// <summary>A field of an object.</summary>
/// <param name="Name">As in JSON.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Go">As Go's type has it, for messages.</param>
/// <param name="KeepsZero">Whether an empty or zero value is kept: a pointer in Go's type.</param>
/// <param name="Of">The fields of an object, or of the objects of a list.</param>
internal sealed record Field(string Name, FieldType Type, string Go, bool KeepsZero = false, Schema? Of = null);
