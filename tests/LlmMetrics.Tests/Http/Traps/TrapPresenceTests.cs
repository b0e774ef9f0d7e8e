using System.Reflection;

namespace LlmMetrics.Tests.Http.Traps;

/// <summary>Every trap has a test, and every test in this folder names a trap that there is.</summary>
public class TrapPresenceTests
{
    [Fact]
    public void Traps_AllOfThem_HaveTests() =>
        Assert.Equal(Known(), Tested().Select(test => test.Trap).Distinct().Order());

    [Fact]
    public void Traps_Count_IsTwenty() => Assert.Equal(20, Known().Count());

    private static IEnumerable<string> Known() => typeof(TrapNames)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.Name != nameof(TrapNames.Trait))
        .Select(field => (string)field.GetRawConstantValue()!)
        .Order();

    private static IEnumerable<(string Trap, string Test)> Tested() =>
        from type in typeof(TrapNames).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.IsDefined(typeof(FactAttribute), inherit: true)
        from trait in method.GetCustomAttributesData()
        where trait.AttributeType == typeof(TraitAttribute)
            && trait.ConstructorArguments[0].Value is TrapNames.Trait
        select ((string)trait.ConstructorArguments[1].Value!, method.Name);
}
