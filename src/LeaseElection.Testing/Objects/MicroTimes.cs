namespace LeaseElection.Testing.Objects;

/// <summary>Where Go stops reading a MicroTime that it refuses: what its message quotes.</summary>
internal static class MicroTimes
{
    private static readonly (int Length, string Layout)[] Parts =
    [
        (4, "2006"), (1, "-"), (2, "01"), (1, "-"), (2, "02"), (1, "T"),
        (2, "15"), (1, ":"), (2, "04"), (1, ":"), (2, "05"), (7, ".000000"),
    ];

    public static string Rest(string text) => Stop(text).Left;

    public static string Layout(string text) => Stop(text).Layout;

    private static (string Left, string Layout) Stop(string text)
    {
        var at = 0;
        foreach (var (length, layout) in Parts)
        {
            if (text.Length < at + length || !Matches(text.AsSpan(at, length), layout))
                return (text[at..], layout);
            at += length;
        }

        return (text[at..], "Z07:00");
    }

    private static bool Matches(ReadOnlySpan<char> part, string layout)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (char.IsAsciiDigit(layout[i]) ? !char.IsAsciiDigit(part[i]) : part[i] != layout[i])
                return false;
        }

        return true;
    }
}
