using System.Buffers.Binary;

namespace LeaseElection.Connection.Http;

/// <summary>
/// Reads the frame headers of what an HTTP/2 server sends, to notice a GOAWAY: SocketsHttpHandler obeys one, but tells nobody while streams
/// go on. Takes the bytes as they come, in any pieces. Whatever it does not know it skips; it never fails.
/// </summary>
internal sealed class FrameReader
{
    private const int HeaderLength = 9;
    private const byte GoAwayType = 7;

    // Of a GOAWAY: the last stream's number, then the error code.
    private const int GoAwayLength = 8;

    private readonly byte[] _bytes = new byte[HeaderLength + GoAwayLength];
    private int _have;
    private int _skip;

    /// <summary>Takes what was received.</summary>
    /// <returns>The error code of the last GOAWAY in it; null when there is none.</returns>
    public uint? Take(ReadOnlySpan<byte> received)
    {
        uint? code = null;
        while (!received.IsEmpty)
        {
            if (_skip > 0)
            {
                var skipped = Math.Min(_skip, received.Length);
                received = received[skipped..];
                _skip -= skipped;
                continue;
            }

            var wanted = Wanted();
            var taken = Math.Min(wanted - _have, received.Length);
            received[..taken].CopyTo(_bytes.AsSpan(_have));
            received = received[taken..];
            _have += taken;
            if (_have == Wanted())
                code = EndFrame() ?? code;
        }

        return code;
    }

    private int Length => (_bytes[0] << 16) | (_bytes[1] << 8) | _bytes[2];

    private bool IsGoAway => _bytes[3] == GoAwayType && Length >= GoAwayLength;

    private int Wanted() => _have >= HeaderLength && IsGoAway ? HeaderLength + GoAwayLength : HeaderLength;

    private uint? EndFrame()
    {
        _skip = Length - (_have - HeaderLength);
        _have = 0;
        return IsGoAway ? BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(HeaderLength + 4)) : null;
    }
}
