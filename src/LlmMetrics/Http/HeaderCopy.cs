using System.Net.Http.Headers;

namespace LlmMetrics.Http;

/// <summary>Copies the headers of a content as they are, also those that are not valid.</summary>
internal static class HeaderCopy
{
    public static void Copy(HttpContentHeaders from, HttpContentHeaders to)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (values.Count == 1)
            {
                to.TryAddWithoutValidation(name, values.ToString());
            }
            else
            {
                to.TryAddWithoutValidation(name, values);
            }
        }
    }
}
