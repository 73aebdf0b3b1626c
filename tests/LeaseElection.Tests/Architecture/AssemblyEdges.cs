using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace LeaseElection.Tests.Architecture;

/// <summary>
/// Which namespaces of an assembly use which others of it, as the compiler wrote it down: in signatures, attributes and instructions.
/// </summary>
internal static class AssemblyEdges
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).ToDictionary(static code => code.Value);

    /// <summary>Finds all edges, each once, with one type that makes it.</summary>
    public static IReadOnlyDictionary<(string From, string To), string> Of(Assembly assembly)
    {
        var edges = new Dictionary<(string, string), string>();
        foreach (var type in assembly.GetTypes().Where(static t => t.Namespace is not null && !IsGenerated(t)))
        {
            foreach (var used in UsedBy(type).SelectMany(Parts).Where(
                u => u.Assembly == assembly && u.Namespace is not null && u.Namespace != type.Namespace && !IsGenerated(u)))
                edges.TryAdd((type.Namespace!, used.Namespace!), $"{type.FullName} uses {used.FullName}");
        }

        return edges;
    }

    /// <summary>
    /// Finds the groups of namespaces that use each other, directly or not: the strongly connected components of more than one.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Cycles(IEnumerable<(string From, string To)> edges)
    {
        var next = edges.ToLookup(static e => e.From, static e => e.To);
        var names = next.SelectMany(static g => g.Append(g.Key)).Distinct().Order(StringComparer.Ordinal).ToList();
        var reach = names.ToDictionary(static n => n, n => Reachable(n, next));
        return [.. names
            .Select(n => names.Where(m => m == n || (reach[n].Contains(m) && reach[m].Contains(n))).ToList())
            .Where(static group => group.Count > 1)
            .DistinctBy(static group => string.Join(' ', group))];
    }

    private static HashSet<string> Reachable(string from, ILookup<string, string> next)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>(next[from]);
        while (open.TryPop(out var name))
        {
            if (!found.Add(name))
                continue;
            foreach (var more in next[name])
                open.Push(more);
        }

        return found;
    }

    // Attributes that the compiler embeds, and what source generators put into namespaces of their own.
    private static bool IsGenerated(Type type) =>
        type.Namespace!.StartsWith("System", StringComparison.Ordinal)
        || type.Namespace.StartsWith("Microsoft", StringComparison.Ordinal)
        || (type.DeclaringType is null && type.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static IEnumerable<Type> UsedBy(Type type)
    {
        List<Type?> used =
            [type.BaseType, type.DeclaringType, .. type.GetInterfaces(), .. type.GetFields(All).Select(static f => f.FieldType)];
        used.AddRange(type.GetCustomAttributesData().Select(static a => a.AttributeType));
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            used.AddRange(method.GetParameters().Select(static p => p.ParameterType));
            used.Add((method as MethodInfo)?.ReturnType);
            if (method.GetMethodBody() is not { } body)
                continue;
            used.AddRange(body.LocalVariables.Select(static v => v.LocalType));
            used.AddRange(body.ExceptionHandlingClauses.Where(static c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(static c => c.CatchType));
            used.AddRange(Instructions(method, body));
        }

        return used.OfType<Type>();
    }

    private static IEnumerable<Type?> Instructions(MethodBase method, MethodBody body)
    {
        var code = body.GetILAsByteArray()!;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)((0xFE << 8) | code[at + 1]) : code[at];
            at += code[at] == 0xFE ? 2 : 1;
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                var typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
                var member = method.Module.ResolveMember(
                    BitConverter.ToInt32(code, at), typeArguments, method.IsGenericMethod ? method.GetGenericArguments() : null);
                yield return member as Type ?? member?.DeclaringType;
                if (member is MethodInfo { IsGenericMethod: true } called)
                {
                    foreach (var argument in called.GetGenericArguments())
                        yield return argument;
                }
            }

            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];
    }
}
