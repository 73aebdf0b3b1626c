using LeaseElection.Testing.Api.Documents;
using LeaseElection.Testing.Api.Leases;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api;

/// <summary>Everything that is answered at once: all but watches.</summary>
internal sealed class LeaseApi(LeaseStore store, Namespaces namespaces, TimeProvider time, string address)
{
    private readonly LeaseReads _reads = new(store);
    private readonly LeaseWrites _writes = new(store, new(time));
    private readonly LeaseDeletes _deletes = new(store, time);

    /// <summary>Does what is asked, all of it or nothing.</summary>
    /// <exception cref="ApiException">It cannot be done, and nothing was.</exception>
    public ApiAnswer Execute(ApiCall call) => (call.Route.Resource, call.Route.Verb) switch
    {
        ("leases", "get") => _reads.Get(call),
        ("leases", "list") => _reads.List(call),
        ("leases", "create") => _writes.Create(call),
        ("leases", "update") => _writes.Update(call),
        ("leases", "patch") => _writes.Patch(call),
        ("leases", "delete") => _deletes.Delete(call),
        ("leases", "deletecollection") => _deletes.DeleteCollection(call),
        ("leases", _) => throw new ApiException(ApiStatus.MethodNotAllowed()),
        ("namespaces", _) => namespaces.Execute(call),
        _ when call.Request.Path == "/openapi/v2" => OpenApiDocument.Answer(call.Accept),
        _ => Discovery.Find(call.Request, address),
    };
}
