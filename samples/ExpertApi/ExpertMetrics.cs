using LlmMetrics;

namespace ExpertApi;

/// <summary>What only this app knows: users, questions, revenue, satisfaction. Names get the prefix.</summary>
public sealed class ExpertMetrics(LlmMetricsRuntime metrics)
{
    private readonly BusinessCounter _questions = metrics.Business.Counter(
        "questions", ["source", "language"], "{question}", "Questions asked.");

    private readonly BusinessCounter _feedback = metrics.Business.Counter(
        "feedback", ["rating"], "{answer}", "Answers that users rated.").Preset("positive").Preset("negative");

    /// <summary>A question was asked. Of the user only a hash is kept, and only for the time of the window.</summary>
    public void Question(Question question)
    {
        metrics.Business.UserSeen(question.User);
        _questions.Add(1, question.Source, question.Language);
    }

    /// <summary>A plan was paid for.</summary>
    public void Revenue(double usd, string plan) => metrics.Business.RecordRevenue(usd, plan);

    /// <summary>A user rated an answer.</summary>
    public void Feedback(bool isPositive) => _feedback.Add(1, isPositive ? "positive" : "negative");

    /// <summary>Something failed that somebody has to look at. The type is an exception's, never its message.</summary>
    public void Error(Exception exception, string severity) =>
        metrics.Record(new ErrorEvent { ErrorType = exception.GetType().Name, Severity = severity });
}
