using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace LeaseElection.Simulation.Running;

/// <summary>What the command lines of the machine's and of the shell's simulation share.</summary>
internal static class CommandLine
{
    /// <summary>An option whose value is a number, <paramref name="least"/> or more.</summary>
    public static Option<T> Number<T>(string name, string value, string description, T least, T ordinary)
        where T : struct, INumber<T> =>
        new(name) { HelpName = value, Description = description, DefaultValueFactory = _ => ordinary, CustomParser = given => Read(given, least) };

    /// <summary>As <see cref="Number"/>; not given is null.</summary>
    public static Option<T?> NumberOrNone<T>(string name, string value, string description, T least)
        where T : struct, INumber<T> =>
        new(name) { HelpName = value, Description = description, CustomParser = given => Read(given, least) };

    public static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };

    /// <summary>Reads the command line; null: --help stands somewhere.</summary>
    /// <exception cref="FormatException">A mistake; the message says what and how to put it right.</exception>
    public static ParseResult? Read(Command command, IReadOnlyList<string> args)
    {
        var read = command.Parse(args);
        if (read.Action is HelpAction)
            return null;
        return read.Errors is [var mistake, ..] ? throw new FormatException($"{mistake.Message.TrimEnd('.')}. See {(read.CommandResult.Command == command ? "" : read.CommandResult.Command.Name + " ")}--help") : read;
    }

    public static int WriteHelp(Command command, params string[] of) => command.Parse([.. of, "--help"]).Invoke();

    /// <summary>Says what is wrong with an option's value; returns nothing of use.</summary>
    public static T? Refuse<T>(ArgumentResult given, string text, string rule)
    {
        given.AddError($"{((OptionResult)given.Parent!).Option.Name} is '{text}'; {rule}");
        return default;
    }

    /// <summary>Reads the text of an option's value.</summary>
    public static T Read<T>(ArgumentResult given, T least, string? part = null)
        where T : struct, INumber<T>
    {
        var text = part ?? given.Tokens[0].Value;
        var isWhole = T.IsInteger(T.One / (T.One + T.One));
        var style = isWhole ? NumberStyles.AllowLeadingSign : NumberStyles.AllowDecimalPoint;
        return T.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : Refuse<T>(given, text, $"it must be a {(isWhole ? "whole number" : "number")}, {least} or more");
    }
}
