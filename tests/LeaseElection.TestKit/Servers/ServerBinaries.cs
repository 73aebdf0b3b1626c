namespace LeaseElection.TestKit;

/// <summary>The folder that holds kube-apiserver and etcd.</summary>
internal sealed record ServerBinaries(string Folder)
{
    public string ApiServer => Path.Combine(Folder, "kube-apiserver");

    public string Etcd => Path.Combine(Folder, "etcd");

    private bool IsComplete => File.Exists(ApiServer) && File.Exists(Etcd);

    /// <summary>Finds them as eng/control-plane.sh does: the envtest convention's folder, then the script's own cache.</summary>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="InvalidOperationException">KUBEBUILDER_ASSETS names a folder that lacks one of them.</exception>
    public static ServerBinaries? Find()
    {
        if (BinaryFolders.Assets is { } assets)
        {
            return new ServerBinaries(assets) is { IsComplete: true } given
                ? given
                : throw new InvalidOperationException(
                    $"KUBEBUILDER_ASSETS is '{assets}', which does not hold both kube-apiserver and etcd: correct it, or unset it");
        }

        return new ServerBinaries(BinaryFolders.Cache) is { IsComplete: true } built ? built : null;
    }
}
