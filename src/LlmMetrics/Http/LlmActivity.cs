using System.Diagnostics;
using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>The span of a call (GenAI conventions 1.41, inference and embeddings), without any content.</summary>
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
            { SpanAttributeNames.OperationName, endpoint.Operation },
            { SpanAttributeNames.ProviderName, endpoint.Provider },
            { SpanAttributeNames.ServerAddress, uri.Host },
            { SpanAttributeNames.ServerPort, uri.Port },
        };
        return source.StartActivity(endpoint.Operation, ActivityKind.Client, default(ActivityContext), tags);
    }

    /// <summary>Starts that of a call through a client, which knows the model before the call.</summary>
    public static Activity? Start(ActivitySource source, in FactData fact)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        var operation = fact.Key(FactField.Operation)!;
        var model = fact.Key(FactField.RequestModel);
        var tags = new ActivityTagsCollection { { SpanAttributeNames.OperationName, operation } };
        AddText(tags, SpanAttributeNames.ProviderName, fact.Key(FactField.Provider));
        AddText(tags, SpanAttributeNames.RequestModel, model);
        AddText(tags, SpanAttributeNames.ServerAddress, fact.Key(FactField.ServerAddress));
        if (fact.Closed.ServerPort is var port and not 0)
        {
            tags.Add(SpanAttributeNames.ServerPort, port);
        }

        var name = model is null ? operation : $"{operation} {model}";
        return source.StartActivity(name, ActivityKind.Client, default(ActivityContext), tags);
    }

    /// <summary>Fills in what is known at the end.</summary>
    public static void Describe(Activity? activity, in FactData fact, FieldCapture? capture)
    {
        if (activity is { IsAllDataRequested: true })
        {
            // The id makes a string of every call: only for a span that is wanted.
            Fill(
                activity, in fact, capture?.UniqueString(LlmField.ResponseId),
                capture?.String(LlmField.FinishReason));
        }
    }

    /// <summary>Fills in what is known at the end.</summary>
    public static void Describe(Activity? activity, in FactData fact, string? responseId, string? finishReason)
    {
        if (activity is { IsAllDataRequested: true })
        {
            Fill(activity, in fact, responseId, finishReason);
        }
    }

    /// <summary>Stops it and leaves the current activity, which is the app's, as it was.</summary>
    public static void Stop(Activity? activity)
    {
        if (activity is not null)
        {
            var current = Activity.Current;
            try
            {
                activity.Stop();
            }
            finally
            {
                Activity.Current = current;
            }
        }
    }

    private static void AddText(ActivityTagsCollection tags, string name, string? text)
    {
        if (text is not null)
        {
            tags.Add(name, text);
        }
    }

    private static void Fill(Activity activity, in FactData fact, string? responseId, string? finishReason)
    {
        if (fact.Key(FactField.RequestModel) is { } model)
        {
            activity.DisplayName = $"{fact.Key(FactField.Operation)} {model}";
            activity.SetTag(SpanAttributeNames.RequestModel, model);
        }

        SetText(activity, SpanAttributeNames.ResponseModel, fact.Key(FactField.ResponseModel));
        SetText(activity, SpanAttributeNames.OpenAiResponseServiceTier, fact.Key(FactField.ServiceTier));
        SetText(activity, SpanAttributeNames.ResponseId, responseId);
        if (finishReason is not null)
        {
            activity.SetTag(SpanAttributeNames.ResponseFinishReasons, new[] { finishReason });
        }

        if (fact.Closed.Streaming)
        {
            activity.SetTag(SpanAttributeNames.RequestStream, true);
        }

        if (fact.Closed.UsageSource != (int)UsageSource.Estimated)
        {
            SetUsage(activity, in fact);
        }

        SetEnd(activity, in fact);
    }

    /// <summary>What the provider told; the conventions have no room for estimates.</summary>
    private static void SetUsage(Activity activity, in FactData fact)
    {
        SetFigure(activity, SpanAttributeNames.UsageInputTokens, fact.Long(FactValue.InputTokens));
        SetFigure(activity, SpanAttributeNames.UsageOutputTokens, fact.Long(FactValue.OutputTokens));
        SetFigure(activity, SpanAttributeNames.UsageCacheReadInputTokens, fact.Long(FactValue.CachedInputTokens));
        SetFigure(
            activity,
            SpanAttributeNames.UsageCacheCreationInputTokens,
            fact.Long(FactValue.CacheWriteInputTokens));
        SetFigure(activity, SpanAttributeNames.UsageReasoningOutputTokens, fact.Long(FactValue.ReasoningOutputTokens));
    }

    private static void SetEnd(Activity activity, in FactData fact)
    {
        if (fact.Double(FactValue.TimeToFirstChunk) is { } seconds)
        {
            activity.SetTag(SpanAttributeNames.ResponseTimeToFirstChunk, seconds);
        }

        SetText(activity, SpanAttributeNames.CallScope, fact.Closed.Text(FactField.CallScope));
        SetFigure(activity, SpanAttributeNames.Attempts, fact.Closed.Attempts is var tries and not 0 ? tries : null);
        if (fact.Closed.StatusCode is var status and not 0)
        {
            activity.SetTag(SpanAttributeNames.HttpStatusCode, status);
        }

        if (fact.Key(FactField.ErrorType) is { } error)
        {
            activity.SetTag(SpanAttributeNames.ErrorType, error);
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
