namespace LeaseElection.Leases;

/// <summary>Why a server refuses for good.</summary>
internal enum RejectionKind
{
    /// <summary>401: the credentials are not accepted.</summary>
    Unauthorized,

    /// <summary>403: the credentials are accepted, but a permission is missing.</summary>
    Forbidden,

    /// <summary>403: the credentials may not act as the user whom the kubeconfig names.</summary>
    MayNotImpersonate,

    /// <summary>403: the namespace is being deleted, and takes nothing new.</summary>
    NamespaceTerminating,

    /// <summary>403: a ResourceQuota of the namespace is used up.</summary>
    QuotaExceeded,

    /// <summary>A webhook, a policy or another rule of admission denies the write, whatever the permissions say.</summary>
    Denied,

    /// <summary>404 to a create: there is no such namespace.</summary>
    NamespaceMissing,

    /// <summary>404 for the whole API group: the server does not serve Leases, or the URL is another server's.</summary>
    NotServed,

    /// <summary>400 or 422: the server finds the Lease invalid.</summary>
    Invalid,

    /// <summary>413 or 422: the Lease has grown too large.</summary>
    TooLarge,

    /// <summary>The server answers, but with Leases that no election can use: their versions are no integers.</summary>
    Unusable,

    /// <summary>Another answer of the 4xx kind that trying again will not change.</summary>
    Other,
}
