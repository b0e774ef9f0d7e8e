using System.Data.Common;
using LlmMetrics.Facts;

namespace LlmMetrics.Database;

/// <summary>
/// What kind of error a database reported: SQLSTATE or number, else the exception's type. Never its message.
/// </summary>
internal static class DbErrors
{
    public static string TypeOf(Exception exception)
    {
        if (exception is DbException database)
        {
            if (database.SqlState is { Length: > 0 and <= 5 } state && state.All(char.IsAsciiLetterOrDigit))
            {
                return state;
            }

            // SQL Server's number, which SqlException keeps there for exactly this.
            if (database.Data["HelpLink.EvtID"] is string { Length: > 0 and <= 8 } number
                && number.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0)
            {
                return number == "-2" ? ErrorTypes.Timeout : number;
            }
        }

        return exception is TimeoutException || exception.InnerException is TimeoutException
            ? ErrorTypes.Timeout
            : ErrorTypes.Of(exception);
    }
}
