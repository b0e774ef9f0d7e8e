using Microsoft.EntityFrameworkCore;

namespace LlmMetrics.Database.Tests;

internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Customer>(static entity =>
    {
        entity.ToTable("customers");
        entity.Property(static c => c.Id).HasColumnName("id").ValueGeneratedNever();
        entity.Property(static c => c.Name).HasColumnName("name");
    });
}
