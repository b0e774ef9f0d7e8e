namespace Samples.Tests.Running;

/// <summary>One stack for all tests of the assembly that ask the running samples.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSamples : ICollectionFixture<RunningSamples>
{
    public const string Name = "samples";
}
