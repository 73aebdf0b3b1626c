using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Tests.Election.Properties;

/// <summary>The oracle: no effect may break S1 to S7. Keeps its own books and never asks the machine.</summary>
internal sealed class EffectOracle(World world) : ICandidateMonitor
{
    private static readonly TimeSpan OneTick = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<Candidate, EffectBook> _books = [];
    private long _lastToken;

    public int Terms { get; private set; }

    public void Took(Candidate candidate, ElectionInput input, in Moment now)
    {
        var book = BookOf(candidate);
        (book.Now, book.Input, book.Effects, book.WasFinished) = (now, input, 0, book.Finished);
        switch (input)
        {
            case ElectionInput.LeaseSeen seen:
                book.Sighting.Show(seen.Lease, now.Monotonic);
                break;
            case ElectionInput.LeaseDeleted deleted:
                book.Sighting.ShowAbsence(deleted.Version, now.Monotonic, candidate.IsLeader || book.Holds);
                break;
            case ElectionInput.ReadEnded { Outcome: ReadOutcome.Found read }:
                book.Reading = false;
                book.Sighting.Show(read.Lease, now.Monotonic);
                break;
            case ElectionInput.ProbeEnded { Outcome: ReadOutcome.Absent }:
                book.Sighting.ShowAbsence(book.Sighting.Version, now.Monotonic, candidate.IsLeader || book.Holds);
                break;
            case ElectionInput.ReadEnded { Outcome: ReadOutcome.Absent }:
                book.Reading = false;
                book.Sighting.ShowAbsence(book.Sighting.Version, now.Monotonic, candidate.IsLeader || book.Holds);
                break;
            case ElectionInput.ProbeEnded { Outcome: ReadOutcome.Found probe }:
                book.Sighting.Show(probe.Lease, now.Monotonic);
                break;
            case ElectionInput.ReadEnded:
                book.Reading = false;
                break;
            case ElectionInput.WorkEnded work when work.Term == book.LastTerm:
                book.Works = false;
                break;
            case ElectionInput.StopRequested:
                book.Stopping = true;
                break;
            case ElectionInput.PauseRequested or ElectionInput.ResumeRequested:
                book.Paused = input is ElectionInput.PauseRequested;
                break;
            case ElectionInput.WriteEnded ended:
                Assert.True(book.Open.Remove(ended.Id), "a reply to nothing");
                if (ended.Outcome is WriteOutcome.Written written)
                    book.Sighting.Show(written.Lease, now.Monotonic);
                break;
            default:
                break;
        }
    }

    public void Performing(Candidate candidate, in Effect effect)
    {
        var book = BookOf(candidate);
        Assert.False(book.WasFinished, "a finished machine does something");
        Assert.True(effect.Kind != EffectKind.EndTerm || book.Effects == 0, "S5: the term's end is not the first effect");
        book.Effects++;
        switch (effect.Kind)
        {
            case EffectKind.Read:
                Assert.False(book.Reading, "two reads at once");
                book.Reading = true;
                break;
            case EffectKind.ReportOverrun:
                Assert.True(book.Works && !candidate.TermActive, "an overrun of nothing");
                book.OverrunAt = null;
                break;
            case EffectKind.Finish:
                Assert.False(book.Works || candidate.TermActive, "finished with work under way");
                book.Finished = true;
                break;
            case EffectKind.EndTerm:
                book.OverrunAt = effect.Reason is TermEndReason.DeadlinePassed or TermEndReason.Superseded or TermEndReason.LeaseDeleted or TermEndReason.LeaseEdited
                    ? book.Now.Holder + Allowance(candidate.Settings)
                    : null;
                break;
            case EffectKind.Write:
                CheckWrite(candidate, book, effect);
                break;
            case EffectKind.BeginTerm:
                Assert.False(book.Stopping || book.Paused, "a term after a stop or in a pause");
                (book.Works, book.OverrunAt) = (true, null);
                Assert.True(effect.Number > book.LastTerm, "a term's number came again");
                book.LastTerm = effect.Number;
                CheckValidity(book, effect.ValidUntil, candidate);
                Assert.True(OwnRecordAt(book, effect.Version), "S1: a term not from a committed write of ours");
                Assert.True(effect.Version > _lastToken, "fencing token not larger than every earlier one");
                _lastToken = effect.Version;
                Terms++;
                Assert.DoesNotContain(world.Candidates, other => other != candidate && other.IsLeader);
                break;
            case EffectKind.ExtendTerm:
                Assert.True(candidate.TermActive && effect.Number == book.LastTerm, "S2: an ended term was extended");
                CheckValidity(book, effect.ValidUntil, candidate);
                break;
            default:
                break;
        }
    }

    public void Stepped(Candidate candidate, in Moment now)
    {
        var book = BookOf(candidate);
        if (candidate.TermActive)
        {
            Assert.True(now.Holder < candidate.ValidUntil, "S2: believes past the deadline");
            Assert.True(candidate.Timer <= now.Monotonic + (candidate.ValidUntil - now.Holder), "S2: no timer for the deadline");
            Assert.False(
                book.Paused || book.Input is ElectionInput.StopRequested or ElectionInput.StepDownRequested, "leads though it is to leave");
            Assert.False(book.Input is ElectionInput.ExpirySeen seen && seen.Term == book.LastTerm, "S2: a reader saw the end");
        }
        else if (book.Works && book.OverrunAt is { } at)
        {
            Assert.True(now.Holder < at, "an overrun is not reported");
            Assert.True(candidate.Timer <= now.Monotonic + (at - now.Holder), "no timer for the overrun");
        }

        Assert.True(world.Candidates.Count(c => c.IsLeader) <= 1, "two leaders");
    }

    // 0.8 of the lease less the deadline; no less than a tick.
    private static TimeSpan Allowance(ElectionSettings settings)
    {
        var allowance = (settings.LeaseDuration * 0.8) - settings.RenewDeadline;
        return allowance > OneTick ? allowance : OneTick;
    }

    // S2: the deadline is that of a write of ours which the server accepted, counted from its send.
    private void CheckValidity(EffectBook book, HolderInstant validUntil, Candidate candidate) => Assert.Contains(
        book.Writes, w =>
            w.Sent + candidate.Settings.RenewDeadline == validUntil
                && world.Server.History.Any(h => h.Lease is { } l && IsRecordOf(l, w.Write)));

    private void CheckWrite(Candidate candidate, EffectBook book, in Effect effect)
    {
        var write = effect.Write;
        Assert.True(OpenNow(candidate) <= 2, "a third write beside two open ones");
        book.Open.Add(effect.Number);
        var on = world.Server.History.FirstOrDefault(h => h.Version == write.Version).Lease;
        if (!write.IsCreate)
        {
            Assert.True(book.Sighting.Versions.Contains(write.Version), "S4: a version that was never seen");
            Assert.Equal(on?.Uid, write.Uid);
        }

        var ours = on is { } found && (book.Writes.Any(w => IsRecordOf(found, w.Write)) || IsEditOfOurs(candidate, book, found));
        if (!write.Spec.HasHolder)
        {
            Assert.False(candidate.TermActive || candidate.WorkRuns, "S5: released under a term or its work");
            Assert.True(ours, "S5: released what is not ours");
        }
        else if (write.Spec.AcquireTime == write.Spec.RenewTime)
        {
            Assert.False(candidate.WorkRuns, "S6: acquired over running work");
            Assert.False(book.Stopping || book.Paused, "acquired after a stop or in a pause");
            Assert.EndsWith(
                $"/{candidate.Settings.LeaseDurationSeconds}/{write.Spec.LeaseTransitions}", write.Mark, StringComparison.Ordinal);
            Assert.True(ours || NobodyElseSince(candidate, book, write.Version) || book.Now.Monotonic >= book.Sighting.FreeAt, $"S3: {candidate.Identity} acquired before the holder's time was over: {write.Version} {on?.Spec} {on?.Mark}, {book.Sighting.FreeAt - book.Now.Monotonic} to go");
        }
        else
        {
            Assert.True(ours, "renewed what is not ours");
            Assert.Contains(book.Writes, w => w.Write.Mark == write.Mark);
            Assert.True(write.Spec.RenewTime?.Micro > book.Writes[^1].Write.Spec.RenewTime?.Micro, "renewTime did not rise");
        }

        book.Writes.Add((write, book.Now.Holder));
    }

    private static int OpenNow(Candidate candidate) =>
        (candidate.State.Writes.Open is null ? 0 : 1) + (candidate.State.Writes.OtherOpen is null ? 0 : 1);

    private bool OwnRecordAt(EffectBook book, long version) =>
        world.Server.History.Any(h => h.Version == version && h.Lease is { } lease && book.Writes.Any(w => IsRecordOf(lease, w.Write)));

    private static bool IsRecordOf(in LeaseSnapshot lease, in LeaseWrite write) => lease.Spec == write.Spec && lease.Mark == write.Mark;

    // Somebody else's edit of what we hold: of durations that make nobody wait for less, of transitions, of acquireTime.
    private static bool IsEditOfOurs(Candidate candidate, EffectBook book, in LeaseSnapshot lease)
    {
        var (mark, uid) = (lease.Mark, lease.Uid);
        return candidate.State.Hold.Uid == uid && book.Writes.Any(w => w.Write.Mark == mark)
            && lease.Spec.HolderIdentity == candidate.Identity
            && lease.Spec.LeaseDurationSeconds >= candidate.Settings.LeaseDurationSeconds;
    }

    // The truth behind a taking back: since our own last record, nobody else has acquired the Lease. (Who writes a name into a record and
    // leaves our living mark is no elector.)
    private bool NobodyElseSince(Candidate candidate, EffectBook book, long version)
    {
        var history = world.Server.History.Where(h => version == 0 || h.Version <= version).ToList();
        var last = history.FindLastIndex(h => h.Lease is { } lease && book.Writes.Any(w => IsRecordOf(lease, w.Write)));
        return last >= 0 && history.Skip(last + 1).All(
            h => h.Lease is not { Spec.HasHolder: true } other || other.Spec.HolderIdentity == candidate.Identity
                || (other.Mark == history[last].Lease!.Value.Mark && TermMark.Parse(other.Mark)?.IsAliveIn(other.Spec) == true));
    }

    private EffectBook BookOf(Candidate candidate)
    {
        if (!_books.TryGetValue(candidate, out var book))
            _books[candidate] = book = new(candidate);
        return book;
    }
}
