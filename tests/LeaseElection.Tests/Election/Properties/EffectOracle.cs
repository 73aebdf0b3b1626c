using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Properties;

/// <summary>The oracle: no effect may break S1 to S7. Keeps its own books and never asks the machine.</summary>
internal sealed class EffectOracle(World world) : ICandidateMonitor
{
    private readonly Dictionary<Candidate, Book> _books = [];
    private long _lastToken;

    public int Terms { get; private set; }

    public void Took(Candidate candidate, ElectionInput input, in Moment now)
    {
        var book = BookOf(candidate);
        book.Now = now;
        switch (input)
        {
            case ElectionInput.LeaseSeen seen:
                book.Sighting.Show(seen.Lease, now.Monotonic);
                break;
            case ElectionInput.LeaseDeleted deleted:
                book.Sighting.ShowAbsence(deleted.Version, now.Monotonic, candidate.IsLeader || book.Holds);
                break;
            case ElectionInput.ReadEnded { Result: ReadResult.Found } read:
                book.Sighting.Show(read.Lease, now.Monotonic);
                break;
            case ElectionInput.ReadEnded { Result: ReadResult.Absent }:
                book.Sighting.ShowAbsence(book.Sighting.Version, now.Monotonic, candidate.IsLeader || book.Holds);
                break;
            case ElectionInput.WriteEnded ended:
                Assert.True(book.InFlight == ended.Id, "a reply to nothing");
                book.InFlight = null;
                if (ended.Result == WriteResult.Written)
                    book.Sighting.Show(ended.Lease, now.Monotonic);
                break;
            default:
                break;
        }
    }

    public void Performing(Candidate candidate, in Effect effect)
    {
        var book = BookOf(candidate);
        switch (effect.Kind)
        {
            case EffectKind.Write:
                CheckWrite(candidate, book, effect);
                break;
            case EffectKind.BeginTerm:
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
        if (candidate.TermActive)
            Assert.True(now.Holder < candidate.ValidUntil, "S2: believes past the deadline");
        Assert.True(world.Candidates.Count(c => c.IsLeader) <= 1, "two leaders");
    }

    // S2: the deadline is that of a write of ours which the server accepted, counted from its send.
    private void CheckValidity(Book book, HolderInstant validUntil, Candidate candidate) => Assert.Contains(
        book.Writes, w => w.Sent + candidate.Settings.RenewDeadline == validUntil && world.Server.History.Any(h => h.Lease is { } l && IsRecordOf(l, w.Write)));

    private void CheckWrite(Candidate candidate, Book book, in Effect effect)
    {
        var write = effect.Write;
        Assert.Null(book.InFlight);
        book.InFlight = effect.Number;
        var on = world.Server.History.FirstOrDefault(h => h.Version == write.Version).Lease;
        if (!write.IsCreate)
        {
            Assert.True(book.Sighting.Versions.Contains(write.Version), "S4: a version that was never seen");
            Assert.Equal(on?.Uid, write.Uid);
        }

        var ours = on is { } found && book.Writes.Any(w => IsRecordOf(found, w.Write));
        if (!write.Spec.HasHolder)
        {
            Assert.False(candidate.TermActive || candidate.WorkRuns, "S5: released under a term or its work");
            Assert.True(ours, "S5: released what is not ours");
        }
        else if (write.Spec.AcquireTime == write.Spec.RenewTime)
        {
            Assert.False(candidate.WorkRuns, "S6: acquired over running work");
            Assert.True(ours || book.Now.Monotonic >= book.Sighting.FreeAt, $"S3: acquired before the holder's time was over: {write.Version} {on?.Spec} {on?.Mark}, {book.Sighting.FreeAt - book.Now.Monotonic} to go");
        }
        else
        {
            Assert.True(ours, "renewed what is not ours");
            Assert.True(write.Spec.RenewTime > book.Writes[^1].Write.Spec.RenewTime, "renewTime did not rise");
        }

        book.Writes.Add((write, book.Now.Holder));
    }

    private bool OwnRecordAt(Book book, long version) =>
        world.Server.History.Any(h => h.Version == version && h.Lease is { } lease && book.Writes.Any(w => IsRecordOf(lease, w.Write)));

    private static bool IsRecordOf(in LeaseSnapshot lease, in LeaseWrite write) => lease.Spec == write.Spec && lease.Mark == write.Mark;

    private Book BookOf(Candidate candidate)
    {
        if (!_books.TryGetValue(candidate, out var book))
            _books[candidate] = book = new(candidate);
        return book;
    }

    private sealed class Book(Candidate candidate)
    {
        public Sighting Sighting { get; } = new(candidate.Settings.LeaseDuration);

        public List<(LeaseWrite Write, HolderInstant Sent)> Writes { get; } = [];

        public long? InFlight { get; set; }

        public long LastTerm { get; set; }

        public Moment Now { get; set; }

        // After a term's end of our own will we hold on until the release.
        public bool Holds => candidate.State.Hold.Exists && candidate.Holder < candidate.State.Hold.ValidUntil;
    }
}
