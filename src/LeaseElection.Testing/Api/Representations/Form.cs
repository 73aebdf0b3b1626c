namespace LeaseElection.Testing.Api.Representations;

/// <summary>In what form objects are wanted.</summary>
internal enum Form
{
    /// <summary>As they are.</summary>
    Whole,

    /// <summary>As rows of a Table: what kubectl prints.</summary>
    Table,

    /// <summary>Metadata alone, of one object.</summary>
    Metadata,

    /// <summary>Metadata alone, of a list.</summary>
    MetadataList,
}
