namespace LlmMetrics;

/// <summary>How OTLP is carried.</summary>
public enum LlmOtlpProtocol
{
    /// <summary>Protobuf in HTTP POST requests (<c>http/protobuf</c>).</summary>
    HttpProtobuf,

    /// <summary>gRPC (<c>grpc</c>), over HTTP/2.</summary>
    Grpc,
}
