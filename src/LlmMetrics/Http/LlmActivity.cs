using System.Diagnostics;
using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>The span of a call (GenAI conventions 1.41, inference and embeddings). Never holds message content.</summary>
internal static class LlmActivity
{
    /// <summary>
    /// Starts it with the attributes that samplers decide by. The model is not among them: it stands in the body,
    /// which is not read ahead.
    /// </summary>
    public static Activity? Start(ActivitySource source, in LlmEndpoint endpoint, Uri uri)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        var tags = new ActivityTagsCollection
        {
            { GenAiAttributes.OperationName, endpoint.Operation },
            { GenAiAttributes.ProviderName, endpoint.Provider },
            { GenAiAttributes.ServerAddress, uri.Host },
            { GenAiAttributes.ServerPort, uri.Port },
        };
        return source.StartActivity(endpoint.Operation, ActivityKind.Client, default(ActivityContext), tags);
    }

    /// <summary>Fills in what is known at the end, and stops it.</summary>
    public static void Stop(Activity? activity, in FactData fact, FieldCapture? capture)
    {
        if (activity is null)
        {
            return;
        }

        if (activity.IsAllDataRequested)
        {
            Fill(activity, in fact, capture);
        }

        var current = Activity.Current;
        activity.Stop();
        Activity.Current = current;
    }

    private static void Fill(Activity activity, in FactData fact, FieldCapture? capture)
    {
        if (fact.Key(FactField.RequestModel) is { } model)
        {
            activity.DisplayName = $"{activity.OperationName} {model}";
            activity.SetTag(GenAiAttributes.RequestModel, model);
        }

        SetText(activity, GenAiAttributes.ResponseModel, fact.Key(FactField.ResponseModel));
        SetText(activity, GenAiAttributes.OpenAiResponseServiceTier, fact.Key(FactField.ServiceTier));
        SetText(activity, GenAiAttributes.ResponseId, capture?.UniqueString(LlmField.ResponseId));
        if (capture?.String(LlmField.FinishReason) is { } reason)
        {
            activity.SetTag(GenAiAttributes.ResponseFinishReasons, new[] { reason });
        }

        if (fact.Closed.Streaming)
        {
            activity.SetTag(GenAiAttributes.RequestStream, true);
        }

        SetFigure(activity, GenAiAttributes.UsageInputTokens, fact.Long(FactValue.InputTokens));
        SetFigure(activity, GenAiAttributes.UsageOutputTokens, fact.Long(FactValue.OutputTokens));
        SetFigure(activity, GenAiAttributes.UsageCacheReadInputTokens, fact.Long(FactValue.CachedInputTokens));
        SetFigure(activity, GenAiAttributes.UsageCacheCreationInputTokens, fact.Long(FactValue.CacheWriteInputTokens));
        SetFigure(activity, GenAiAttributes.UsageReasoningOutputTokens, fact.Long(FactValue.ReasoningOutputTokens));
        if (fact.Double(FactValue.TimeToFirstChunk) is { } seconds)
        {
            activity.SetTag(GenAiAttributes.ResponseTimeToFirstChunk, seconds);
        }

        if (fact.Closed.StatusCode is var status and not 0)
        {
            activity.SetTag(GenAiAttributes.HttpStatusCode, status);
        }

        if (fact.Key(FactField.ErrorType) is { } error)
        {
            activity.SetTag(GenAiAttributes.ErrorType, error);
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static void SetText(Activity activity, string name, string? text)
    {
        if (text is not null)
        {
            activity.SetTag(name, text);
        }
    }

    private static void SetFigure(Activity activity, string name, long? figure)
    {
        if (figure is { } known)
        {
            activity.SetTag(name, known);
        }
    }
}
