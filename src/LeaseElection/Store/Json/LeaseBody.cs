using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace LeaseElection.Store.Json;

/// <summary>The bytes of one request, in a buffer that is used again once the request is over.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A writer into memory holds nothing that must be freed.")]
internal sealed class LeaseBody
{
    private const int UsualSize = 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(UsualSize);

    public LeaseBody() => Writer = new(_bytes, LeaseJson.Writing);

    public Utf8JsonWriter Writer { get; }

    public ReadOnlyMemory<byte> Json => _bytes.WrittenMemory;

    /// <summary>Copies a part of JSON that is already written.</summary>
    public void Copy(ReadOnlySpan<byte> json)
    {
        Writer.Flush();
        _bytes.Write(json);
        Writer.Reset(); // It writes single values here, and must not check what is around them.
    }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Writer.Reset();
    }
}
