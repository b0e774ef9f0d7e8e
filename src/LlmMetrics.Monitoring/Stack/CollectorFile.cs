namespace LlmMetrics.Monitoring;

/// <summary>The configuration of an OpenTelemetry Collector between many machines and VictoriaMetrics.</summary>
internal static class CollectorFile
{
    public const string Text = """
        # Emitted by llm-metrics monitoring init. Apps send OTLP to port 4317 (gRPC) or 4318 (HTTP).
        receivers:
          otlp:
            protocols:
              grpc:
                endpoint: 0.0.0.0:4317
              http:
                endpoint: 0.0.0.0:4318

        processors:
          memory_limiter:
            check_interval: 1s
            limit_mib: 400
          # The dashboards choose by job and instance, as after a scrape.
          resource/scrape-labels:
            attributes:
              - key: job
                from_attribute: service.name
                action: insert
              - key: instance
                from_attribute: service.instance.id
                action: insert
          batch: {}

        exporters:
          otlphttp/victoriametrics:
            metrics_endpoint: http://victoriametrics:8428/opentelemetry/v1/metrics
            compression: gzip

        service:
          pipelines:
            metrics:
              receivers: [otlp]
              processors: [memory_limiter, resource/scrape-labels, batch]
              exporters: [otlphttp/victoriametrics]

        """;
}
