using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Simulator;

/// <summary>The ledger as JSON at <c>/_ledger</c>, for judges in other processes. Reading it is no request.</summary>
internal static class LedgerPage
{
    public const string Path = "/_ledger";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    public static Task WriteAsync(HttpContext http, Ledger ledger) => http.Response.WriteAsJsonAsync(
        new { ledger.Begun, ledger.Finished, ledger.Totals }, _json, http.RequestAborted);
}
