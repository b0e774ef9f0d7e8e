namespace ContentPipeline.Agents;

/// <summary>A file that content is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What is in it.</param>
public sealed record SourceFile(string Name, string Text);
