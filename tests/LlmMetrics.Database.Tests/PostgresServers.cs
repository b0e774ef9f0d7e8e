namespace LlmMetrics.Database.Tests;

/// <summary>One server for all tests of the assembly.</summary>
[CollectionDefinition(PostgresTests.Name)]
public sealed class PostgresServers : ICollectionFixture<PostgresServer>;
