using LlmMetrics.Facts;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Calls;

/// <summary>What is kept of an answer: figures and names, never its content.</summary>
internal sealed class AnswerNotes
{
    private UsageTally? _usage;

    public string? Model { get; set; }

    public string? ResponseId { get; set; }

    /// <summary>Why the model stopped.</summary>
    public string? FinishReason { get; set; }

    /// <summary>Whether the stream has told its end by other means.</summary>
    public bool IsFinished { get; set; }

    /// <summary>Whether a stream was complete, whether it is read on or not.</summary>
    public bool IsComplete => IsFinished || FinishReason is not null;

    /// <summary>An error in the answer; it counts if the answer did not come to a finish.</summary>
    public string? Error { get; set; }

    public long? Characters { get; init; }

    public long? Images { get; set; }

    public UsageTally? Usage => _usage;

    public void Tell(string? model, string? responseId)
    {
        Model = string.IsNullOrEmpty(model) ? Model : model;
        ResponseId = string.IsNullOrEmpty(responseId) ? ResponseId : responseId;
    }

    public void Add(UsageDetails? usage)
    {
        if (usage is not null)
        {
            (_usage ??= new UsageTally()).Add(ResponseId, usage);
        }
    }

    /// <summary>Takes the errors out of the contents, whose usage the answer has summed already.</summary>
    public void ReadErrors(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            Error = contents[i] is ErrorContent error ? CodeOf(error) : Error;
        }
    }

    /// <summary>Takes what counts out of the contents; true if some of them are output of the model.</summary>
    public bool Read(IList<AIContent> contents)
    {
        var isOutput = false;
        for (var i = 0; i < contents.Count; i++)
        {
            switch (contents[i])
            {
                case UsageContent usage:
                    Add(usage.Details);
                    break;
                case ErrorContent error:
                    Error = CodeOf(error);
                    break;
                case TextContent text:
                    isOutput |= text.Text.Length > 0;
                    break;
                case TextReasoningContent reasoning:
                    isOutput |= reasoning.Text.Length > 0;
                    break;
                default:
                    isOutput = true;
                    break;
            }
        }

        return isOutput;
    }

    private static string CodeOf(ErrorContent error) =>
        string.IsNullOrWhiteSpace(error.ErrorCode) ? ErrorTypes.Other : error.ErrorCode;
}
