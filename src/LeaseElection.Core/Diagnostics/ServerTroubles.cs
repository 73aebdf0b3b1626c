using LeaseElection.Leases;

namespace LeaseElection.Diagnostics;

/// <summary>
/// What is wrong with the API server right now, for the health check. Each trouble ends with what it was about: a read that works does not
/// show that writes do. Any thread may use the members.
/// </summary>
internal sealed class ServerTroubles
{
    private const string Altered = "altered";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Gets a sentence for each trouble; empty when there is none.</summary>
    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_gate)
                return [.. _texts.Values];
        }
    }

    public void Clear()
    {
        lock (_gate)
            _texts.Clear();
    }

    /// <summary>The server answers with a refusal, which is an answer.</summary>
    public void Rejected(Rejection rejection, string advice)
    {
        lock (_gate)
        {
            _texts.Remove(Failing(rejection.Verb));
            _texts[Refused(rejection.Verb)] = rejection.Kind == RejectionKind.Unusable
                ? $"the Lease cannot be used: {rejection.Message}. {advice}"
                : $"'{rejection.Verb}' is refused ({rejection.StatusCode}): {rejection.Message} {advice}";
        }
    }

    public void Failed(string verb, string why) => Set(Failing(verb), $"'{verb}' fails: {why}");

    public void IsSlow(string verb, string text) => Set(Slow(verb), text);

    public void IsNotSlow(string verb) => Remove(Slow(verb));

    public void WasAltered(string text) => Set(Altered, text);

    public void WasKept() => Remove(Altered);

    /// <summary>A verb works again. Where writes work, reads do: the other way round need not be.</summary>
    public void Succeeded(string verb)
    {
        lock (_gate)
        {
            if (_texts.Count == 0)
                return;
            _texts.Remove(Refused(verb));
            _texts.Remove(Failing(verb));
            if (Verbs.IsWrite(verb))
                _texts.Remove(Failing(Verbs.Get));
        }
    }

    /// <summary>The server told something by itself, so reading works.</summary>
    public void Heard()
    {
        lock (_gate)
        {
            _texts.Remove(Failing(Verbs.Get));
            _texts.Remove(Failing(Verbs.Watch));
        }
    }

    /// <summary>Nobody needs the answer to the last write any more.</summary>
    public void WriteIsMoot()
    {
        lock (_gate)
        {
            if (_texts.Count == 0)
                return;
            _texts.Remove(Failing(Verbs.Update));
            _texts.Remove(Slow(Verbs.Update));
        }
    }

    private static string Failing(string verb) => $"fails {Verbs.GroupOf(verb)}";

    private static string Slow(string verb) => $"slow {Verbs.GroupOf(verb)}";

    private static string Refused(string verb) => $"refused {verb}";

    private void Set(string key, string text)
    {
        lock (_gate)
            _texts[key] = text;
    }

    private void Remove(string key)
    {
        lock (_gate)
            _texts.Remove(key);
    }
}
