using LlmMetrics.Workload.Hardware;

namespace LlmMetrics;

/// <summary>Profiles of GPUs and models: those that come with the library, and one's own before them.</summary>
public sealed class HardwareCatalogue
{
    private const string EmbeddedName = "LlmMetrics.Workload.hardware.json";
    private static readonly Lazy<HardwareCatalogue> _embedded = new(ReadEmbedded);

    internal HardwareCatalogue(IReadOnlyList<GpuProfile> gpus, IReadOnlyList<ModelProfile> models)
    {
        Gpus = gpus;
        Models = models;
    }

    /// <summary>The profiles that come with the library, each with its source and date.</summary>
    public static HardwareCatalogue Embedded => _embedded.Value;

    /// <summary>GPUs, in the order in which they are searched.</summary>
    public IReadOnlyList<GpuProfile> Gpus { get; }

    /// <summary>Models, in the order in which they are searched.</summary>
    public IReadOnlyList<ModelProfile> Models { get; }

    /// <summary>Reads profiles from a file in the format that <c>docs/planner.md</c> describes.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>A catalogue of these profiles alone.</returns>
    /// <exception cref="WorkloadException">The file cannot be read or is broken; the message says where.</exception>
    public static HardwareCatalogue Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return HardwareJson.Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorkloadException(path, $"{path} cannot be read: {e.Message}", isSource: true, e);
        }
    }

    /// <summary>Puts the profiles of another catalogue before those of this one.</summary>
    /// <param name="other">The profiles that win.</param>
    /// <returns>A catalogue with both.</returns>
    public HardwareCatalogue With(HardwareCatalogue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new HardwareCatalogue([.. other.Gpus, .. Gpus], [.. other.Models, .. Models]);
    }

    /// <summary>Finds a GPU.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="WorkloadException">There is none; the message lists all names.</exception>
    public GpuProfile FindGpu(string name) => Find(Gpus, static gpu => gpu.Name, name, "--gpu");

    /// <summary>Finds a model.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="WorkloadException">There is none; the message lists all names.</exception>
    public ModelProfile FindModel(string name) => Find(Models, static model => model.Name, name, "--model");

    private static T Find<T>(IReadOnlyList<T> all, Func<T, string> nameOf, string name, string option)
        where T : class =>
        all.FirstOrDefault(item => string.Equals(nameOf(item), name, StringComparison.OrdinalIgnoreCase))
        ?? throw new WorkloadException(
            option,
            $"{option} '{name}' is not known; known are {string.Join(", ", all.Select(nameOf).Distinct())}. "
            + "A file of your own can add more (--hardware FILE)");

    private static HardwareCatalogue ReadEmbedded()
    {
        using var stream = typeof(HardwareCatalogue).Assembly.GetManifestResourceStream(EmbeddedName)
            ?? throw new InvalidOperationException("The library was built without its hardware profiles.");
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return HardwareJson.Parse(json, "embedded hardware profiles");
    }
}
