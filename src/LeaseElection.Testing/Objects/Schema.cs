namespace LeaseElection.Testing.Objects;

/// <summary>The fields of a type, in the order in which Go writes them. Unknown ones are dropped, as kube-apiserver does.</summary>
internal sealed record Schema(string Go, params IReadOnlyList<Field> Fields)
{
    public static Schema Lease { get; } = new(
        "Lease",
        new Field("kind", FieldType.Text, "TypeMeta"),
        new Field("apiVersion", FieldType.Text, "TypeMeta"),
        new Field("metadata", FieldType.Object, "ObjectMeta", KeepsZero: true, Of: new(
            "ObjectMeta",
            new Field("name", FieldType.Text, "Name"),
            new Field("generateName", FieldType.Text, "GenerateName"),
            new Field("namespace", FieldType.Text, "Namespace"),
            new Field("selfLink", FieldType.Ignored, "SelfLink"),
            new Field("uid", FieldType.Text, "UID"),
            new Field("resourceVersion", FieldType.Text, "ResourceVersion"),
            new Field("generation", FieldType.Int64, "Generation"),
            new Field("creationTimestamp", FieldType.Time, "CreationTimestamp"),
            new Field("deletionTimestamp", FieldType.Time, "DeletionTimestamp"),
            new Field("deletionGracePeriodSeconds", FieldType.Int64, "DeletionGracePeriodSeconds", KeepsZero: true),
            new Field("labels", FieldType.TextMap, "Labels"),
            new Field("annotations", FieldType.TextMap, "Annotations"),
            new Field("ownerReferences", FieldType.ObjectList, "OwnerReferences", Of: new(
                "OwnerReference",
                new Field("apiVersion", FieldType.Text, "APIVersion", KeepsZero: true),
                new Field("kind", FieldType.Text, "Kind", KeepsZero: true),
                new Field("name", FieldType.Text, "Name", KeepsZero: true),
                new Field("uid", FieldType.Text, "UID", KeepsZero: true),
                new Field("controller", FieldType.Flag, "Controller", KeepsZero: true),
                new Field("blockOwnerDeletion", FieldType.Flag, "BlockOwnerDeletion", KeepsZero: true))),
            new Field("finalizers", FieldType.TextList, "Finalizers"),
            new Field("clusterName", FieldType.Ignored, "ClusterName"),
            new Field("managedFields", FieldType.Ignored, "ManagedFields"))),
        new Field("spec", FieldType.Object, "LeaseSpec", KeepsZero: true, Of: new(
            "LeaseSpec",
            new Field("holderIdentity", FieldType.Text, "HolderIdentity", KeepsZero: true),
            new Field("leaseDurationSeconds", FieldType.Int32, "LeaseDurationSeconds", KeepsZero: true),
            new Field("acquireTime", FieldType.MicroTime, "AcquireTime", KeepsZero: true),
            new Field("renewTime", FieldType.MicroTime, "RenewTime", KeepsZero: true),
            new Field("leaseTransitions", FieldType.Int32, "LeaseTransitions", KeepsZero: true))));
}
