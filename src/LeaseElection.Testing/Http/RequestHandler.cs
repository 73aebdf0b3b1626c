using System.Globalization;
using System.Text;
using LeaseElection.Testing.Api;
using LeaseElection.Testing.Api.Access;
using LeaseElection.Testing.Api.Leases;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Api.Representations;
using LeaseElection.Testing.Api.Selectors;
using LeaseElection.Testing.Faults;
using LeaseElection.Testing.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LeaseElection.Testing.Http;

/// <summary>One request: who asks for what, what goes wrong, what is answered.</summary>
internal sealed class RequestHandler(
    LeaseApi api,
    LeaseStore store,
    AccessControl access,
    LeaseApiFaults faults,
    LeaseApiRequestLog log,
    TimeProvider time,
    CancellationToken gone)
{
    private const string NoSniff = "nosniff";
    private const string AuditId = "Audit-Id";

    // Which flow schema and which priority level took the request: kube-apiserver names them by their uids, and has one for each.
    private static readonly string FlowSchema = Guid.NewGuid().ToString();
    private static readonly string PriorityLevel = Guid.NewGuid().ToString();

    public async Task HandleAsync(HttpContext http)
    {
        var route = ApiRoute.Parse(http.Request);
        var request = Describe(http.Request, route);
        var sender = access.NameOf(http.Request.Headers.Authorization, out var user);
        request.User = sender ?? "";
        log.Add(request);
        Identify(http, sender);
        try
        {
            await HandleAsync(http, route, request, sender, user).ConfigureAwait(false);
        }
        catch (ApiException error)
        {
            await AnswerAsync(http, request, InForm(http, ApiAnswer.Of(error))).ConfigureAwait(false);
        }
        catch (Exception error) when (gone.IsCancellationRequested
            || (error is OperationCanceledException or IOException or BadHttpRequestException
                && http.RequestAborted.IsCancellationRequested))
        {
            // The client has gone, or the server has gone down. What returned from here as it is would be a 200 without a body.
            http.Abort();
        }
        catch (BadHttpRequestException error)
        {
            await AnswerAsync(http, request, ApiAnswer.Of(new ApiException(ApiStatus.BadRequest(error.Message)))).ConfigureAwait(false);
        }
        catch (Exception error) when (!http.Response.HasStarted) // A defect of this server: the test that uses it has to see what it is.
        {
            var status = new ApiStatus(500, "InternalError", $"a defect of LeaseElection.Testing: {error}");
            await AnswerAsync(http, request, ApiAnswer.Of(new ApiException(status))).ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(HttpContext http, ApiRoute route, LeaseApiRequest request, string? sender, LeaseApiUser? user)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
        request.Body = body.Length > 0 ? Encoding.UTF8.GetString(body) : null;
        var isWatch = route is { Resource: "leases", Verb: "watch" };
        var hits = new RequestFaults(faults.Take(request, isWatch ? FaultKinds.IsOfWatchRequest : FaultKinds.IsOfRequest), time, gone);
        LeaseWatch? watch = null;
        ApiCall? call = null;
        ApiAnswer answer = null!;
        try
        {
            if (!await hits.BeforeAsync(http).ConfigureAwait(false))
                return;
            (call, var form) = Admit(http, route, request, sender, user, body);
            if (isWatch)
                watch = new(call, store, faults, form.ForWatch(time));
            else
                answer = form.Apply(api.Execute(call), time.GetUtcNow());
        }
        catch (ApiException error)
        {
            answer = ApiAnswer.Of(error);
        }

        if (call is { Warnings.Count: > 0 })
            http.Response.Headers.Warning = WarningHeader.Of(call.Warnings);
        if (!await hits.AfterAsync(http).ConfigureAwait(false))
            return;
        if (watch is not null)
            await WatchAsync(http, request, watch).ConfigureAwait(false);
        else
            await AnswerAsync(http, request, hits.Spoil(InForm(http, answer))).ConfigureAwait(false);
    }

    // On every answer, as kube-apiserver has it; who is nobody gets no further than to the audit.
    private static void Identify(HttpContext http, string? sender)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-cache, private";
        headers[AuditId] = http.Request.Headers[AuditId] is [{ Length: > 0 } id, ..] ? id : Guid.NewGuid().ToString();
        if (sender is null)
            return;
        headers["X-Kubernetes-Pf-Flowschema-Uid"] = FlowSchema;
        headers["X-Kubernetes-Pf-Prioritylevel-Uid"] = PriorityLevel;
    }

    /// <summary>Who asks may ask that, and is understood.</summary>
    private static (ApiCall Call, Representation Form) Admit(
        HttpContext http, ApiRoute route, LeaseApiRequest request, string? sender, LeaseApiUser? user, byte[] body)
    {
        if (sender is null)
            throw new ApiException(ApiStatus.Unauthorized());
        CheckAccess(http, sender, user, out var access);
        var form = route.Resource is null ? Representation.Whole : Representation.Of(http.Request);
        // A stream of YAML documents nobody knows.
        if (route is { Resource: "leases", Verb: "watch" } && Representation.IsYaml(http.Request))
            throw new ApiException(Representation.NotAcceptable());
        var call = new ApiCall(request, route, http.Request.Query, body, http.Request.ContentType ?? "")
        {
            Accept = http.Request.Headers.Accept.ToString(),
            MayCreate = AccessControl.May(access with { Verb = "create" }, sender, user),
        };
        return (call, form);
    }

    private static ApiAnswer InForm(HttpContext http, ApiAnswer answer) =>
        answer.IsJson && Representation.IsYaml(http.Request) ? answer.ToYaml() : answer;

    private static void CheckAccess(HttpContext http, string sender, LeaseApiUser? user, out AccessRequest access)
    {
        access = AccessRequest.Of(http.Request);
        http.Response.Headers.XContentTypeOptions = NoSniff; // kube-apiserver says so in refusals.
        AccessControl.Check(access, sender, user);
        http.Response.Headers.Remove(HeaderNames.XContentTypeOptions);
    }

    private async Task WatchAsync(HttpContext http, LeaseApiRequest request, LeaseWatch watch)
    {
        log.Answered(request, 200);
        await watch.RunAsync(http.Response, time, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext http, LeaseApiRequest request, ApiAnswer answer)
    {
        log.Answered(request, answer.Status);
        var response = http.Response;
        response.StatusCode = answer.Status;
        if (!answer.IsJson && answer.ContentType.StartsWith("text/", StringComparison.Ordinal))
            response.Headers.XContentTypeOptions = NoSniff;
        if (answer.Status == 413)
            response.Headers.Connection = "close"; // What is left of the body is not read.
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (answer.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        await response.Body.WriteAsync(answer.Body, http.RequestAborted).ConfigureAwait(false);
    }

    private LeaseApiRequest Describe(HttpRequest request, ApiRoute route) => new()
    {
        At = time.GetUtcNow(),
        Verb = route.Verb,
        Method = request.Method,
        Path = request.Path.Value ?? "",
        Query = request.QueryString.Value ?? "",
        Resource = route.Resource,
        Namespace = route.Namespace,
        Name = route.Name ?? FieldSelector.NameIn(Query.Text(request.Query, "fieldSelector")),
    };
}
