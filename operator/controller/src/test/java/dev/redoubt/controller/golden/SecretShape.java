package dev.redoubt.controller.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.UpstreamCredential;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the data of a Secret is, in words: key material stands in no golden file. */
final class SecretShape {
    private static final int KEY_BYTES = 32;

    private SecretShape() {}

    static Map<String, String> of(Secret secret) throws IOException {
        Map<String, String> shapes = new TreeMap<>();
        for (Map.Entry<String, String> entry : secret.getData().entrySet()) {
            shapes.put(entry.getKey(), shape(entry.getKey(), Base64.getDecoder().decode(entry.getValue())));
        }
        return shapes;
    }

    private static String shape(String name, byte[] content) throws IOException {
        String text = new String(content, StandardCharsets.UTF_8);
        return switch (name) {
            case "api-key" -> {
                // 32 bytes in base64url without padding are 43 characters
                assertThat(text).matches("rdk_[A-Za-z0-9_-]{43}");
                yield "<API key of 32 random bytes>";
            }
            case "key" -> {
                assertThat(content).hasSize(KEY_BYTES);
                yield "<32 random bytes>";
            }
            case "keyring.json" -> {
                Keyring keyring = Keyring.parse(content);
                yield "<data keys " + keyring.keys().keySet() + ", active " + keyring.active() + ", and the token key>";
            }
            case "tls.crt" -> "<certificate of " + subject(content) + ">";
            case "ca.crt" -> "<authority " + subject(content) + ">";
            case "tls.key" -> {
                assertThat(text).startsWith("-----BEGIN PRIVATE KEY-----");
                yield "<private key>";
            }
            case "upstream.json" -> {
                UpstreamCredential credential = UpstreamCredential.parse(content);
                yield "<what guards present" + (credential.user() == null ? "" : " as user " + credential.user()) + ">";
            }
            case "roles.sql" -> calls(text);
            default -> throw new AssertionError("nobody knows what " + name + " is");
        };
    }

    /** What the script of a database's roles calls; what stands before is the same for all. */
    private static String calls(String sql) {
        return sql.lines()
                .filter(line -> line.startsWith("CALL "))
                .map(line -> line.replaceAll("SCRAM-SHA-256[^']*", "<verifier>"))
                .collect(Collectors.joining("\n"));
    }

    private static String subject(byte[] pem) {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            return certificate.getSubjectAlternativeNames() == null
                    ? certificate.getSubjectX500Principal().getName()
                    : String.valueOf(certificate
                            .getSubjectAlternativeNames()
                            .iterator()
                            .next()
                            .get(1));
        } catch (CertificateException e) {
            throw new AssertionError("the certificate cannot be read", e);
        }
    }
}
