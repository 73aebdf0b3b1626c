using System.Globalization;
using System.Text;

namespace LeaseElection.Benchmarks.Renewal;

/// <summary>
/// One Lease: its last body, given back with the next resourceVersion, which always has as many digits. No concurrency rules: one client.
/// </summary>
internal sealed class StoredLease
{
    private const string Uid = "8c4f1f0e-6d1a-4c57-9f0a-0b6d3c1e2f4a";

    private static readonly byte[] VersionName = "\"resourceVersion\":\""u8.ToArray();

    private readonly byte[] _body = new byte[4096];
    private int _length;
    private long _version = 1_000_000_000;

    public bool Exists => _length > 0;

    public ReadOnlyMemory<byte> Body => _body.AsMemory(0, _length);

    public async Task TakeInAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(_body);
        await content.CopyToAsync(body, cancellationToken);
        _length = (int)body.Position;
        if (_body.AsSpan(0, _length).IndexOf(VersionName) < 0)
            Insert($"\"uid\":\"{Uid}\",\"resourceVersion\":\"{_version}\",");
        var digits = _body.AsSpan(0, _length).IndexOf(VersionName) + VersionName.Length;
        (++_version).TryFormat(_body.AsSpan(digits), out _, provider: CultureInfo.InvariantCulture);
    }

    // What the server adds to a new Lease.
    private void Insert(string fields)
    {
        var at = _body.AsSpan(0, _length).IndexOf("\"metadata\":{"u8) + "\"metadata\":{".Length;
        var bytes = Encoding.UTF8.GetBytes(fields);
        _body.AsSpan(at, _length - at).CopyTo(_body.AsSpan(at + bytes.Length));
        bytes.CopyTo(_body.AsSpan(at));
        _length += bytes.Length;
    }
}
