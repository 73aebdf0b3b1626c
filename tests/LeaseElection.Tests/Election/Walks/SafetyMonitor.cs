using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>
/// S1 to S6 as an outsider checks them: from inputs, effects, and the server's truth about which writes took effect. Shares no code with
/// the machine.
/// </summary>
internal sealed class SafetyMonitor
{
    private readonly Dictionary<long, SentWrite> _sent = [];
    private readonly Dictionary<string, MicroTime> _stamps = [];
    private readonly Sight _sight = new();
    private long _step;
    private long _foreignAt = -1;
    private (ElectionInput Input, Moment Now, ElectionSettings Settings) _taken;
    private long? _writing;
    private bool _reading;
    private bool _stopping;
    private bool _paused;
    private bool _finished;
    private bool _restored;
    private bool _active;
    private bool _works;
    private bool _holds;
    private SentWrite? _hold;
    private HolderInstant _holdUntil;
    private HolderInstant _validUntil;
    private static readonly TimeSpan OneTick = TimeSpan.FromMilliseconds(250);

    private HolderInstant? _overrunAt;
    private bool _overrunReported;
    private long _term;
    private long _token;
    private string? _termMark;
    private MonotonicInstant _timer = MonotonicInstant.Never;

    public Sight Sight => _sight;

    /// <summary>Gets until when the last write of this hold that took effect lasts, whether the machine knows of it or not.</summary>
    public HolderInstant TrueValidUntil { get; private set; }

    /// <summary>The server says: this write took effect.</summary>
    public void Committed(long id)
    {
        var write = _sent[id];
        write.Committed = true;
        if (!write.Releases)
            TrueValidUntil = write.ValidUntil;
    }

    public void Check(ElectionInput input, Moment now, ElectionSettings settings, Effects effects)
    {
        _step++;
        _taken = (input, now, settings);
        if (input is ElectionInput.Woken)
            _timer = MonotonicInstant.Never;
        var heldUntilNow = _holds && now.Holder < _holdUntil;
        Note(heldUntilNow);
        if (_finished)
            Require(effects.Count == 0, "a finished machine does something");
        for (var i = 0; i < effects.Count; i++)
        {
            Require(effects[i].Kind != EffectKind.EndTerm || i == 0, "S5: the term's end is not the first effect");
            Check(effects[i]);
        }

        CheckAfter();
    }

    private void Note(bool heldUntilNow)
    {
        var (input, now, _) = _taken;
        switch (input)
        {
            case ElectionInput.LeaseSeen seen:
                Show(seen.Lease, read: false);
                break;
            case ElectionInput.LeaseDeleted deleted:
                _sight.Miss(deleted.Version, now.Monotonic, heldUntilNow);
                break;
            case ElectionInput.ReadEnded read:
                _reading = false;
                if (read.Result == ReadResult.Found)
                    Show(read.Lease, read: true);
                else if (read.Result == ReadResult.Absent)
                    _sight.Miss(0, now.Monotonic, heldUntilNow);
                break;
            case ElectionInput.WriteEnded write:
                Require(_writing == write.Id, "the harness answered a write that is not under way");
                _writing = null;
                if (write.Result == WriteResult.Written)
                    Show(write.Lease, read: false);
                break;
            case ElectionInput.StopRequested:
                _stopping = true;
                break;
            case ElectionInput.PauseRequested or ElectionInput.ResumeRequested:
                _paused = input is ElectionInput.PauseRequested;
                break;
            case ElectionInput.WorkEnded work when work.Term == _term:
                _works = false;
                break;
            default:
                break;
        }

        if (_sight is { Known: true, Lease: null })
            _holds = false;
    }

    private void Show(in LeaseSnapshot lease, bool read)
    {
        var before = _sight.Lease;
        if (!_sight.See(lease, _taken.Now.Monotonic, _taken.Settings, read))
            return;
        _restored |= _sight.Restored;
        var changed = _sight.Restored || before is not { } old || old.Uid != lease.Uid || old.Spec != lease.Spec;
        var own = Own(lease);
        if (own is null || _sight.Restored)
        {
            var labels = _holds && !_sight.Restored && _hold is { } hold && hold.Write.Spec == lease.Spec;
            if (!labels)
            {
                _foreignAt = changed ? _step : _foreignAt;
                _holds = false;
            }

            return;
        }

        if (own.Shown)
            return;
        Require(own.Committed, "the harness showed a write that never took effect");
        own.Shown = true;
        _holds = !own.Releases && own.Step >= _foreignAt && (own.Acquires || _holds);
        if (_holds)
            (_hold, _holdUntil, _termMark) = (own, own.ValidUntil, own.Write.Mark);
    }

    private void Check(in Effect effect)
    {
        var now = _taken.Now;
        switch (effect.Kind)
        {
            case EffectKind.BeginTerm:
                CheckBegin(effect);
                break;
            case EffectKind.ExtendTerm:
                Require(_active && effect.Number == _term, "S2: extended after the end");
                Require(effect.ValidUntil > _validUntil && now.Holder < effect.ValidUntil, "S2: an extension into the past");
                CheckEvidence(effect.ValidUntil, acquires: false);
                _validUntil = effect.ValidUntil;
                break;
            case EffectKind.EndTerm:
                Require(_active && effect.Number == _term, "a term ended that does not exist");
                _active = false;
                if (effect.Reason is TermEndReason.DeadlinePassed or TermEndReason.Superseded or TermEndReason.LeaseDeleted or TermEndReason.LeaseEdited)
                {
                    var allowance = (_hold!.Settings.LeaseDuration * 0.8) - _hold.Settings.RenewDeadline;
                    _overrunAt = now.Holder + (allowance > OneTick ? allowance : OneTick);
                }

                break;
            case EffectKind.Read:
                Require(!_reading, "two reads at once");
                _reading = true;
                _sight.ReadSent();
                break;
            case EffectKind.Write:
                CheckWrite(effect);
                break;
            case EffectKind.ReportOverrun:
                Require(_works && !_active, "an overrun of nothing");
                _overrunReported = true;
                break;
            case EffectKind.Finish:
                Require(!_works && !_active, "finished with work under way");
                _finished = true;
                break;
            case EffectKind.ArmTimer:
                _timer = effect.At;
                break;
            default:
                break;
        }
    }

    private void CheckBegin(in Effect effect)
    {
        Require(!_active, "a term within a term");
        Require(!_works, "S6: a term over running work");
        Require(!_stopping, "a term after a stop");
        Require(effect.Number == _term + 1, "term numbers do not count");
        Require(effect.Version > _token || _restored, "the token does not rise");
        Require(_taken.Now.Holder < effect.ValidUntil, "S2: a term that is over before it begins");
        var acquire = CheckEvidence(effect.ValidUntil, acquires: true);
        Require(acquire.Step >= _foreignAt, "S3: a term from a write that another holder overtook");
        (_active, _works, _overrunReported, _overrunAt) = (true, true, false, null);
        (_term, _token, _validUntil) = (effect.Number, effect.Version, effect.ValidUntil);
    }

    // S1, S2: what is believed comes from a write of ours that took effect, that this very input shows, and counts from its send.
    private SentWrite CheckEvidence(HolderInstant validUntil, bool acquires)
    {
        var shown = _taken.Input switch
        {
            ElectionInput.WriteEnded { Result: WriteResult.Written } written => _sent[written.Id],
            ElectionInput.LeaseSeen seen => Own(seen.Lease),
            ElectionInput.ReadEnded { Result: ReadResult.Found } read => Own(read.Lease),
            _ => null,
        };
        Require(shown is not null, "S1: belief from something that is not a write of ours");
        Require(shown!.Committed && !shown.Releases && shown.Acquires == acquires, "S1: belief from a write without effect");
        Require(shown.ValidUntil == validUntil, "S2: the deadline is not send + RenewDeadline");
        return shown;
    }

    private void CheckWrite(in Effect effect)
    {
        Require(_writing is null, "two writes at once");
        _writing = effect.Number;
        var write = effect.Write;
        var (_, now, settings) = _taken;
        var releases = write.Spec.HolderIdentity is "";
        var acquires = !releases && _sent.Values.All(w => w.Write.Mark != write.Mark);
        if (write.IsCreate)
            Require(_sight is { Known: true, Lease: null }, "S4: a create over a Lease that is there");
        else
            Require(_sight.Lease?.Uid == write.Uid && _sight.Lease?.Version == write.Version, "S4: not the latest uid and version");

        if (acquires)
        {
            Require(!_works, "S6: an acquire under running work");
            Require(!_stopping, "an acquire after a stop");
            Require(!_paused, "an acquire while paused");
            var ours = _sight.Lease is { } lease && Own(lease) is { } own && own.Step >= _foreignAt;
            var waited = now.Monotonic - _sight.Since >= _sight.Wait && now.Monotonic >= _sight.Floor;
            Require(ours || waited, "S3: overwritten before the wait was over");
            var mark = $"/{settings.LeaseDurationSeconds}/{write.Spec.LeaseTransitions}";
            Require(write.Mark.EndsWith(mark, StringComparison.Ordinal), "the mark is not that of its record");
            _stamps[write.Mark] = write.Spec.RenewTime!.Value;
        }
        else
        {
            Require(_holds && now.Holder < _holdUntil, "S5: written as a holder without a hold");
            Require(!releases || (!_works && !_active), "S5: released under work, or before the term's end");
            var term = _termMark ?? "";
            Require(write.Spec.RenewTime > _stamps[term], "renewTime does not rise");
            Require(releases || write.Mark == term, "a renewal without its term's mark");
            _stamps[term] = write.Spec.RenewTime!.Value;
        }

        _sent.Add(effect.Number, new(write, now.Holder, _step, acquires ? settings : _hold!.Settings, acquires));
    }

    private void CheckAfter()
    {
        var (input, now, _) = _taken;
        if (_active)
        {
            Require(now.Holder < _validUntil, "S2: active at its deadline");
            Require(_timer <= now.Monotonic + (_validUntil - now.Holder), "S2: no timer for the deadline");
            Require(_holds, "a term goes on after the Lease was seen to be another's");
            Require(!_paused, "leads though it is paused");
            Require(input is not (ElectionInput.StopRequested or ElectionInput.StepDownRequested), "still leading after leaving");
            Require(input is not ElectionInput.ExpirySeen seen || seen.Term != _term, "S2: a reader saw the end");
        }

        if (!_works || _overrunReported || _overrunAt is not { } at)
            return;
        Require(now.Holder < at, "an overrun is not reported");
        Require(_timer <= now.Monotonic + (at - now.Holder), "no timer for the overrun");
    }

    private SentWrite? Own(LeaseSnapshot lease) => _sent.Values.LastOrDefault(w => w.Is(lease));

    private static void Require(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException(what);
    }
}
