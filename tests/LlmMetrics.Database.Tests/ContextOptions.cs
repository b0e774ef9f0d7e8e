using Microsoft.EntityFrameworkCore;

namespace LlmMetrics.Database.Tests;

internal static class ContextOptions
{
    public static DbContextOptions<ShopContext> OptionsOf(this DbContextOptionsBuilder builder) =>
        (DbContextOptions<ShopContext>)builder.Options;
}
