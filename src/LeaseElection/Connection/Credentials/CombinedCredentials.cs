namespace LeaseElection.Connection.Credentials;

/// <summary>The header of one provider, and the client certificate of another.</summary>
internal sealed class CombinedCredentials(ICredentialProvider header, ICredentialProvider certificate) : ICredentialProvider
{
    private Credential? _last;

    public string? WaitsFor => header.WaitsFor ?? certificate.WaitsFor;

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        // Both are asked at once: the first answers may take a while.
#pragma warning disable CA2012 // Each is used once: its result, or its task.
        var (one, other) = (header.GetAsync(cancellationToken), certificate.GetAsync(cancellationToken));
        return one.IsCompletedSuccessfully && other.IsCompletedSuccessfully
            ? new(Combine(one.Result, other.Result))
            : CombineAsync(one.AsTask(), other.AsTask());
#pragma warning restore CA2012
    }

    public async ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken)
    {
        // Nobody knows which of the two the server refused.
        var (one, other) = (
            header.RenewAsync(refused with { Certificate = null }, cancellationToken).AsTask(),
            certificate.RenewAsync(refused with { Authorization = null }, cancellationToken).AsTask());
        await Task.WhenAll(one, other).ConfigureAwait(false);
        var (newHeader, newCertificate) = (await one.ConfigureAwait(false), await other.ConfigureAwait(false));
        return newHeader is null && newCertificate is null
            ? null
            : Combine(newHeader ?? new(refused.Authorization), newCertificate ?? new(null, refused.Certificate));
    }

    public void Dispose()
    {
        header.Dispose();
        certificate.Dispose();
    }

    private async ValueTask<Credential> CombineAsync(Task<Credential> one, Task<Credential> other)
    {
        await Task.WhenAll(one, other).ConfigureAwait(false);
        return Combine(await one.ConfigureAwait(false), await other.ConfigureAwait(false));
    }

    private Credential Combine(Credential one, Credential other)
    {
        var combined = new Credential(one.Authorization, other.Certificate);
        if (Volatile.Read(ref _last) is { } last && last == combined)
            return last;
        Volatile.Write(ref _last, combined);
        return combined;
    }
}
