namespace LeaseElection.Testing.Objects;

/// <summary>The fields of a type, in the order in which Go writes them, and Go's name for the type. Unknown fields are dropped.</summary>
internal sealed record Schema(string Go, params IReadOnlyList<Field> Fields)
{
    private const string Uid = "types.UID";

    public static Schema Lease { get; } = new(
        "v1.Lease",
        new Field("kind", FieldType.Text),
        new Field("apiVersion", FieldType.Text),
        new Field("metadata", FieldType.Object, KeepsZero: true, Of: new(
            "v1.ObjectMeta",
            new Field("name", FieldType.Text),
            new Field("generateName", FieldType.Text),
            new Field("namespace", FieldType.Text),
            new Field("selfLink", FieldType.Ignored),
            new Field("uid", FieldType.Text, GoType: Uid),
            new Field("resourceVersion", FieldType.Text),
            new Field("generation", FieldType.Int64),
            new Field("creationTimestamp", FieldType.Time),
            new Field("deletionTimestamp", FieldType.Time),
            new Field("deletionGracePeriodSeconds", FieldType.Int64, KeepsZero: true),
            new Field("labels", FieldType.TextMap),
            new Field("annotations", FieldType.TextMap),
            new Field("ownerReferences", FieldType.ObjectList, Of: new(
                "v1.OwnerReference",
                new Field("apiVersion", FieldType.Text, KeepsZero: true),
                new Field("kind", FieldType.Text, KeepsZero: true),
                new Field("name", FieldType.Text, KeepsZero: true),
                new Field("uid", FieldType.Text, KeepsZero: true, GoType: Uid),
                new Field("controller", FieldType.Flag, KeepsZero: true),
                new Field("blockOwnerDeletion", FieldType.Flag, KeepsZero: true))),
            new Field("finalizers", FieldType.TextList),
            new Field("managedFields", FieldType.Ignored))),
        new Field("spec", FieldType.Object, KeepsZero: true, Of: new(
            "v1.LeaseSpec",
            new Field("holderIdentity", FieldType.Text, KeepsZero: true),
            new Field("leaseDurationSeconds", FieldType.Int32, KeepsZero: true),
            new Field("acquireTime", FieldType.MicroTime, KeepsZero: true),
            new Field("renewTime", FieldType.MicroTime, KeepsZero: true),
            new Field("leaseTransitions", FieldType.Int32, KeepsZero: true),
            // Of coordinated leader election, which is not on by default.
            new Field("strategy", FieldType.Ignored),
            new Field("preferredHolder", FieldType.Ignored))));

    /// <summary>Gets what Go calls the type within its package.</summary>
    public string Name => Go[(Go.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>The field of a name; null for none. Go's decoder is lenient about capitals, kube-apiserver's is not.</summary>
    public Field? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);
}
