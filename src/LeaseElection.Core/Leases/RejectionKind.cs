namespace LeaseElection.Leases;

/// <summary>Why a server refuses for good.</summary>
internal enum RejectionKind
{
    /// <summary>401: the credentials are not accepted.</summary>
    Unauthorized,

    /// <summary>403: the credentials are accepted, but a permission is missing.</summary>
    Forbidden,

    /// <summary>404 to a create: there is no such namespace.</summary>
    NamespaceMissing,

    /// <summary>400 or 422: the server finds the Lease invalid.</summary>
    Invalid,

    /// <summary>Another answer of the 4xx kind that trying again will not change.</summary>
    Other,
}
