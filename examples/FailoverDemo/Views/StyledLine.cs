using Spectre.Console;
using Spectre.Console.Rendering;

namespace FailoverDemo.Views;

/// <summary>One line of text in several styles, cut where the terminal ends instead of wrapped.</summary>
internal sealed class StyledLine
{
    private readonly List<(string Text, Style Style)> _parts = [];

    public StyledLine Add(string text, Color? color = null, Decoration decoration = Decoration.None)
    {
        _parts.Add((text, new(color, decoration: decoration)));
        return this;
    }

    public IRenderable Fit(int width)
    {
        var line = new Paragraph(_parts.Count == 0 ? " " : ""); // Nothing at all would take no line.
        var left = width;
        var isTooLong = _parts.Sum(p => p.Text.Length) > width;
        foreach (var (text, style) in _parts)
        {
            if (left <= 0)
                break;
            var fits = text.Length <= left && !(isTooLong && text.Length == left);
            line.Append(fits ? text : text[..(Math.Min(text.Length, left) - 1)] + "…", style);
            left = fits ? left - text.Length : 0;
        }

        return line;
    }
}
