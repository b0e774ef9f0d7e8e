using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LlmMetrics.Tests.Http;

/// <summary>A certificate that this process made for itself, and a client that takes this one only.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Instance { get; } = Create();

    public static SocketsHttpHandler Client() => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = static (_, certificate, _, _) =>
                certificate?.GetCertHashString() == Instance.GetCertHashString(),
        },
    };

    private static X509Certificate2 Create()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // Only a certificate read back from a file has its key where TLS looks for it, on every system.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
