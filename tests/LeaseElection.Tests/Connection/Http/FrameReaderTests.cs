using LeaseElection.Connection.Http;

namespace LeaseElection.Tests.Connection.Http;

/// <summary>What is noticed in the frames that an HTTP/2 server sends.</summary>
public sealed class FrameReaderTests
{
    private static readonly byte[] Settings = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100];
    private static readonly byte[] PingAcknowledgement = [0, 0, 8, 6, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];

    // With debug data after the code.
    private static readonly byte[] GoAway = [0, 0, 12, 7, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0xB, (byte)'p', (byte)'i', (byte)'n', (byte)'g'];

    // A payload that looks like the header of a GOAWAY.
    private static readonly byte[] Data = [0, 0, 17, 0, 1, 0, 0, 0, 1, 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];

    [Fact]
    public void GoAway_BetweenOtherFrames_GivesItsCode() =>
        Assert.Equal(0xBu, new FrameReader().Take((byte[])[.. Settings, .. Data, .. GoAway, .. PingAcknowledgement]));

    [Fact]
    public void GoAway_CutAtEveryPlace_IsFoundOnceAndSoIsTheNext()
    {
        byte[] all = [.. Settings, .. GoAway, .. Data, .. GoAway];
        for (var length = 1; length <= all.Length; length++)
        {
            var reader = new FrameReader();
            var found = all.Chunk(length).Select(piece => reader.Take(piece)).Where(code => code is not null).ToList();
            Assert.All(found, code => Assert.Equal(0xBu, code));
            Assert.InRange(found.Count, 1, 2);
            Assert.True(length > GoAway.Length || found.Count == 2, $"pieces of {length}: {found.Count} found");
        }
    }

    [Fact]
    public void OtherFrames_EvenThoseThatLookLikeOne_GiveNothing() =>
        Assert.Null(new FrameReader().Take((byte[])[.. Settings, .. Data, .. PingAcknowledgement, .. Data]));

    [Fact]
    public void GoAway_TooShort_IsSkippedAndTheNextIsFound()
    {
        byte[] tooShort = [0, 0, 4, 7, 0, 0, 0, 0, 0, 0, 0, 0, 1];

        Assert.Equal(0xBu, new FrameReader().Take((byte[])[.. tooShort, .. GoAway]));
    }

    [Fact]
    public void Anything_InAnyPieces_IsTakenWithoutAFailure()
    {
        var random = new Random(15);
        for (var run = 0; run < 2_000; run++)
        {
            var reader = new FrameReader();
            for (var piece = 0; piece < 20; piece++)
            {
                var bytes = new byte[random.Next(40)];
                random.NextBytes(bytes);
                if (bytes.Length > 0 && random.Next(2) == 0)
                    bytes[0] = 0; // Short frames, so that more of them are seen.
                reader.Take(bytes);
            }
        }
    }
}
