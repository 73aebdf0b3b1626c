using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;

namespace LeaseElection.Testing.Objects;

/// <summary>What kube-apiserver demands of a Lease's spec.</summary>
internal static class LeaseValidation
{
    public static IEnumerable<FieldError> Check(JsonObject lease)
    {
        var spec = lease["spec"]!;
        if (spec["leaseDurationSeconds"] is { } duration && (long)duration <= 0)
            yield return FieldError.Invalid("spec.leaseDurationSeconds", Number(duration), "must be greater than 0");
        if (spec["leaseTransitions"] is { } transitions && (long)transitions < 0)
            yield return FieldError.Invalid("spec.leaseTransitions", Number(transitions), "must be greater than or equal to 0");
    }

    private static string Number(JsonNode node) => ((long)node).ToString(CultureInfo.InvariantCulture);
}
