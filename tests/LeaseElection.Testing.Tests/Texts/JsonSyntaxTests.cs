using System.Text;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Tests.Texts;

/// <summary>The texts are those of Go's encoding/json.</summary>
public sealed class JsonSyntaxTests
{
    private const string End = "unexpected end of JSON input";

    [Theory]
    [InlineData("null")]
    [InlineData(" [ ] ")]
    [InlineData("{}")]
    [InlineData("""{"a":[1,-0,0.5,1e9,2E-7,-3.25e+1],"b":{"c":"\u00e4\n\\\"\/"},"d":[true,false,null]}""")]
    public void Error_OfJson_IsNone(string text) => Assert.Null(Error(text));

    [Theory]
    [InlineData("", End)]
    [InlineData(" \n", End)]
    [InlineData("{", End)]
    [InlineData("[1,", End)]
    [InlineData("\"a", End)]
    [InlineData("\"a\\", End)]
    [InlineData("\"\\u12", End)]
    [InlineData("tru", End)]
    [InlineData("-", End)]
    [InlineData("1.", End)]
    [InlineData("1e", End)]
    [InlineData("{\"a\"", End)]
    [InlineData("not json", "invalid character 'o' in literal null (expecting 'u')")]
    [InlineData("trux", "invalid character 'x' in literal true (expecting 'e')")]
    [InlineData("<", "invalid character '<' looking for beginning of value")]
    [InlineData("\0", @"invalid character '\x00' looking for beginning of value")]
    [InlineData("'", @"invalid character '\'' looking for beginning of value")]
    [InlineData("[1,]", "invalid character ']' looking for beginning of value")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("[01]", "invalid character '1' after array element")]
    [InlineData("{1:2}", "invalid character '1' looking for beginning of object key string")]
    [InlineData("{\"a\":1,}", "invalid character '}' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1]", "invalid character ']' after object key:value pair")]
    [InlineData("{} {}", "invalid character '{' after top-level value")]
    [InlineData("\"a\nb\"", @"invalid character '\n' in string literal")]
    [InlineData("\"\\x\"", "invalid character 'x' in string escape code")]
    [InlineData("\"\\u12g4\"", @"invalid character 'g' in \u hexadecimal character escape")]
    [InlineData("-a", "invalid character 'a' in numeric literal")]
    [InlineData("1.a", "invalid character 'a' after decimal point in numeric literal")]
    [InlineData("1e+a", "invalid character 'a' in exponent of numeric literal")]
    [InlineData("[[[[]]]]", "invalid character '[' exceeded max depth")]
    public void Error_OfAnythingElse_IsThatOfGo(string text, string error) => Assert.Equal(error, Error(text));

    private static string? Error(string text) => JsonSyntax.Error(Encoding.UTF8.GetBytes(text), deepest: 3);
}
