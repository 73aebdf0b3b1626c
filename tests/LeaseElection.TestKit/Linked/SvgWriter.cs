using System.Globalization;
using System.Text;
using System.Xml;

namespace LeaseElection.TestKit;

/// <summary>An SVG picture: rectangles, lines and words, each with a text that a reader's pointer shows.</summary>
public sealed class SvgWriter : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public SvgWriter(double width, double height)
    {
        _xml = XmlWriter.Create(_text, new() { Indent = true, OmitXmlDeclaration = true });
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attribute("viewBox", Invariant($"0 0 {width:0.#} {height:0.#}"));
        Attribute("width", Number(width));
        Attribute("height", Number(height));
        Attribute("font-family", "sans-serif");
        Attribute("font-size", "11");
        Rectangle(0, 0, width, height, "#ffffff");
    }

    public void Rectangle(double x, double y, double width, double height, string fill, string? tip = null, double opacity = 1)
    {
        _xml.WriteStartElement("rect");
        Attribute("x", Number(x));
        Attribute("y", Number(y));
        Attribute("width", Number(width));
        Attribute("height", Number(height));
        Attribute("fill", fill);
        if (opacity < 1)
            Attribute("fill-opacity", Number(opacity));
        End(tip);
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke, string? tip = null)
    {
        _xml.WriteStartElement("line");
        Attribute("x1", Number(x1));
        Attribute("y1", Number(y1));
        Attribute("x2", Number(x2));
        Attribute("y2", Number(y2));
        Attribute("stroke", stroke);
        End(tip);
    }

    public void Text(double x, double y, string text, string fill = "#333333", int size = 11)
    {
        _xml.WriteStartElement("text");
        Attribute("x", Number(x));
        Attribute("y", Number(y));
        Attribute("fill", fill);
        Attribute("font-size", Invariant($"{size}"));
        _xml.WriteString(text);
        _xml.WriteEndElement();
    }

    /// <summary>Ends it; nothing can be drawn any more.</summary>
    public string Finish()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.Append('\n').ToString();
    }

    public void Dispose() => _xml.Dispose();

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private void Attribute(string name, string value) => _xml.WriteAttributeString(name, value);

    private void End(string? tip)
    {
        if (tip is not null)
            _xml.WriteElementString("title", tip);
        _xml.WriteEndElement();
    }
}
