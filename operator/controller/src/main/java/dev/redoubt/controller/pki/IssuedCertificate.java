package dev.redoubt.controller.pki;

/**
 * A certificate with its private key. Has no readable form on purpose.
 *
 * @param certificatePem the certificate, PEM
 * @param privateKeyPem the private key, PKCS 8 in PEM
 */
public record IssuedCertificate(String certificatePem, String privateKeyPem) {
    @Override
    public String toString() {
        return "IssuedCertificate";
    }
}
