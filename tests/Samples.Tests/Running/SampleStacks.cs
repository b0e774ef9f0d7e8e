namespace Samples.Tests.Running;

/// <summary>One stack for all tests of the assembly that ask the running samples.</summary>
[CollectionDefinition(Name)]
public sealed class SampleStacks : ICollectionFixture<SampleStack>
{
    public const string Name = "samples";
}
