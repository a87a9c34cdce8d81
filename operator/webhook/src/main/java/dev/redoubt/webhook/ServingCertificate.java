package dev.redoubt.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** A certificate with its key, read from the files of a mounted Secret and found to belong together. */
final class ServingCertificate {
    private final X509Certificate[] chain;
    private final PrivateKey key;

    private ServingCertificate(X509Certificate[] chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * Reads {@code tls.crt} and {@code tls.key} (PKCS #8) of a folder.
     *
     * @throws IOException where one of them is missing or unreadable, or where they do not belong together, as may be
     *     seen while a Secret is replaced; the message holds nothing of the key
     */
    static ServingCertificate load(Path folder) throws IOException {
        byte[] crt = Files.readAllBytes(folder.resolve("tls.crt"));
        byte[] pem = Files.readAllBytes(folder.resolve("tls.key"));
        try {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(crt))
                    .toArray(new X509Certificate[0]);
            if (chain.length == 0) {
                throw new IOException("tls.crt holds no certificate");
            }
            PrivateKey key = KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(decoded(pem)));
            if (!belongTogether(chain[0], key)) {
                throw new IOException("tls.key is not the key of tls.crt");
            }
            return new ServingCertificate(chain, key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // no cause: a parser's message may quote what it read
            throw new IOException(
                    "tls.crt or tls.key cannot be parsed (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static byte[] decoded(byte[] pem) {
        String base64 = new String(pem, StandardCharsets.US_ASCII)
                .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                .replaceAll("\\s", "");
        return Base64.getDecoder().decode(base64);
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        byte[] challenge = certificate.getEncoded();
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key);
        signature.update(challenge);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(challenge);
        return signature.verify(signed);
    }

    X509Certificate[] chain() {
        return chain.clone();
    }

    PrivateKey key() {
        return key;
    }

    boolean isValidAt(Instant time) {
        return !time.isBefore(chain[0].getNotBefore().toInstant()) && time.isBefore(expires());
    }

    Instant expires() {
        return chain[0].getNotAfter().toInstant();
    }

    boolean isSameAs(ServingCertificate other) {
        return other != null && Arrays.equals(chain, other.chain) && key.equals(other.key);
    }
}
