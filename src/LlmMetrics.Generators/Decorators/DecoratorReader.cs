using System.Text;
using LlmMetrics.Generators.Analysis;
using LlmMetrics.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LlmMetrics.Generators.Decorators;

/// <summary>Reads an interface.</summary>
internal static class DecoratorReader
{
    /// <summary>The decorator, or null if none can be written; the analyzer tells why.</summary>
    public static DecoratorModel? Read(INamedTypeSymbol type)
    {
        if (Feasibility.OfInterface(type) is not null)
        {
            return null;
        }

        var members = new List<MemberModel>();
        foreach (var declaring in type.AllInterfaces.Insert(0, type))
        {
            foreach (var member in declaring.GetMembers())
            {
                if (Feasibility.IsToImplement(member) && Read(declaring, member) is { } model)
                {
                    members.Add(model);
                }
            }
        }

        return new DecoratorModel(
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), ClassNameOf(type), new([.. members]));
    }

    private static MemberModel? Read(INamedTypeSymbol declaring, ISymbol member)
    {
        var service = declaring.ToDisplayString(Symbols.Full);
        return member switch
        {
            // What a base interface's member becomes here is written in this interface and is no member to hand on.
            IMethodSymbol { MethodKind: MethodKind.Ordinary } method =>
                new(service, Symbols.ModelOf(method), string.Empty),
            IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: true } property =>
                new(service, null, Text(service, property)),
            IEventSymbol { ExplicitInterfaceImplementations.IsEmpty: true } @event => new(
                service,
                null,
                $"event {@event.Type.ToDisplayString(Symbols.Full)} {service}.{Symbols.NameOf(@event)} "
                    + $"{{ add => (({service})_inner).{Symbols.NameOf(@event)} += value; "
                    + $"remove => (({service})_inner).{Symbols.NameOf(@event)} -= value; }}"),
            _ => null,
        };
    }

    private static string Text(string service, IPropertySymbol property)
    {
        var name = property.IsIndexer ? "this" : Symbols.NameOf(property);
        var parameters = property.IsIndexer
            ? $"[{string.Join(", ", property.Parameters.Select(Symbols.ParameterOf))}]"
            : string.Empty;
        var target = property.IsIndexer
            ? $"(({service})_inner)[{string.Join(", ", property.Parameters.Select(Symbols.ArgumentOf))}]"
            : $"(({service})_inner).{name}";
        var get = property.GetMethod is null ? string.Empty : $"get => {target}; ";
        var set = property.SetMethod is null ? string.Empty : $"set => {target} = value; ";
        return $"{property.Type.ToDisplayString(Symbols.Full)} {service}.{name}{parameters} {{ {get}{set}}}";
    }

    // Distinct types get distinct names: what is no letter or digit is written as its number.
    private static string ClassNameOf(INamedTypeSymbol type)
    {
        var name = new StringBuilder("Measured_");
        foreach (var c in type.ToDisplayString())
        {
            if (c == '.')
            {
                name.Append('_');
            }
            else if (char.IsLetterOrDigit(c))
            {
                name.Append(c);
            }
            else
            {
                name.Append("_x").Append((int)c).Append('_');
            }
        }

        return name.ToString();
    }
}
