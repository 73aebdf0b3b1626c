using LeaseElection.Testing.Api.Protocol;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Faults;

/// <summary>The faults that hit one request, at the moments at which they do.</summary>
internal sealed class RequestFaults(List<ActiveFault> faults, TimeProvider time, CancellationToken gone)
{
    /// <summary>Before the request takes effect.</summary>
    /// <returns>False when it never will.</returns>
    /// <exception cref="ApiException">It is answered with an error.</exception>
    public async Task<bool> BeforeAsync(HttpContext http)
    {
        foreach (var (fault, ended) in faults)
        {
            switch (fault.Kind)
            {
                // A client that has given up meanwhile changes nothing: what is on its way arrives, unless the server is gone for good.
                case FaultKind.DelayBefore:
                    await Task.Delay(fault.Time, time, gone).ConfigureAwait(false);
                    break;
                case FaultKind.HoldBefore:
                    await ended.WaitAsync(gone).ConfigureAwait(false);
                    break;
                case FaultKind.Reset:
                    http.Abort();
                    return false;
                case FaultKind.BlackHole:
                    await SwallowAsync(http).ConfigureAwait(false);
                    return false;
                case FaultKind.Status:
                    throw new ApiException(
                        ApiStatus.Of(fault.Number, fault.Reason, fault.Message),
                        fault.Time == TimeSpan.MinValue ? null : fault.Time);
                default:
                    break;
            }
        }

        return true;
    }

    /// <summary>After it took effect.</summary>
    /// <returns>False when it is never answered.</returns>
    public async Task<bool> AfterAsync(HttpContext http)
    {
        foreach (var (fault, ended) in faults)
        {
            switch (fault.Kind)
            {
                case FaultKind.DelayAfter:
                    await Task.Delay(fault.Time, time, http.RequestAborted).ConfigureAwait(false);
                    break;
                case FaultKind.HoldAfter:
                    await ended.WaitAsync(http.RequestAborted).ConfigureAwait(false);
                    break;
                case FaultKind.LoseReply:
                    http.Abort();
                    return false;
                case FaultKind.BlackHoleAfter:
                    await SwallowAsync(http).ConfigureAwait(false);
                    return false;
                default:
                    break;
            }
        }

        return true;
    }

    /// <summary>The answer as it arrives.</summary>
    public ApiAnswer Spoil(ApiAnswer answer)
    {
        foreach (var (fault, _) in faults)
        {
            answer = fault.Kind switch
            {
                FaultKind.Garbage => answer with { Body = [0xFF, .. "<html>not what you asked for</html>"u8] },
                FaultKind.Truncate => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
                FaultKind.Oversize => answer with { Body = Pad(answer.Body, fault.Number) },
                _ => answer,
            };
        }

        return answer;
    }

    private static byte[] Pad(byte[] body, int size)
    {
        var padded = new byte[Math.Max(size, body.Length)];
        padded.AsSpan().Fill((byte)' ');
        body.CopyTo(padded, 0);
        return padded;
    }

    private static Task SwallowAsync(HttpContext http) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
}
