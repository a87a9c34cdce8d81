package dev.redoubt.controller.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Redoubt's own authority (X.509, EC P-256): signs the webhook's certificate, those of the guards' admin ports and the
 * controller's. Has no readable form on purpose.
 */
public final class CertificateAuthority {
    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
    private static final Duration LEAF_LIFETIME = Duration.ofDays(90);

    /** Certificates begin a little earlier, so that a clock that is late accepts them. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 159;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** A new authority, valid for ten years. */
    public static CertificateAuthority create(Clock clock) {
        KeyPair pair = keyPair();
        X500Name name = name("redoubt-ca");
        return new CertificateAuthority(
                sign(name, pair.getPrivate(), name, pair, List.of(), null, AUTHORITY_LIFETIME, clock),
                pair.getPrivate());
    }

    /**
     * An authority that was kept.
     *
     * @throws IOException where the texts are no certificate and key of an authority that belong together
     */
    public static CertificateAuthority read(IssuedCertificate kept) throws IOException {
        X509Certificate certificate = Pem.certificate(kept.certificatePem());
        if (certificate.getBasicConstraints() < 0) {
            throw new IOException("the certificate is not one of an authority");
        }
        CertificateAuthority authority = new CertificateAuthority(certificate, Pem.privateKey(kept.privateKeyPem()));
        IssuedCertificate sample = authority.issue("check", List.of("check"), Usage.SERVER, Clock.systemUTC());
        if (!authority.signed(Pem.certificate(sample.certificatePem()))) {
            throw new IOException("the authority's certificate and key do not belong together");
        }
        return authority;
    }

    /** The authority's certificate, PEM: what its certificates are checked against. */
    public String certificatePem() {
        return Pem.of(certificate);
    }

    /** The authority's certificate and key, to be kept in a Secret. */
    public IssuedCertificate keep() {
        return new IssuedCertificate(certificatePem(), Pem.of(key));
    }

    /**
     * A new certificate, valid for 90 days.
     *
     * @param commonName name of the subject
     * @param dnsNames its subject alternative names; may be empty for a client
     */
    public IssuedCertificate issue(String commonName, List<String> dnsNames, Usage usage, Clock clock) {
        KeyPair pair = keyPair();
        X509Certificate leaf = sign(
                new X500Name(certificate.getSubjectX500Principal().getName()),
                key,
                name(commonName),
                pair,
                dnsNames,
                usage,
                LEAF_LIFETIME,
                clock);
        return new IssuedCertificate(Pem.of(leaf), Pem.of(pair.getPrivate()));
    }

    /**
     * Whether a certificate can be used on: this authority signed it, it is for these names, and two thirds of its
     * life have not passed.
     */
    public boolean current(IssuedCertificate issued, List<String> dnsNames, Clock clock) {
        try {
            X509Certificate leaf = Pem.certificate(issued.certificatePem());
            Pem.privateKey(issued.privateKeyPem());
            return signed(leaf)
                    && dnsNames(leaf).equals(dnsNames)
                    && clock.instant().isBefore(renewal(leaf))
                    && clock.instant().plus(SKEW).isAfter(leaf.getNotBefore().toInstant());
        } catch (IOException e) {
            return false;
        }
    }

    /** When a certificate is to be renewed: after two thirds of its life. */
    private static Instant renewal(X509Certificate leaf) {
        Instant begin = leaf.getNotBefore().toInstant();
        Duration life = Duration.between(begin, leaf.getNotAfter().toInstant());
        return begin.plus(life.multipliedBy(2).dividedBy(3));
    }

    private boolean signed(X509Certificate leaf) {
        try {
            leaf.verify(certificate.getPublicKey());
            return leaf.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> dnsNames(X509Certificate leaf) throws IOException {
        try {
            return leaf.getSubjectAlternativeNames() == null
                    ? List.of()
                    : leaf.getSubjectAlternativeNames().stream()
                            .map(entry -> entry.get(1).toString())
                            .toList();
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate's names cannot be read", e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    private static X509Certificate sign(
            X500Name issuer,
            PrivateKey issuerKey,
            X500Name subject,
            KeyPair pair,
            List<String> dnsNames,
            Usage usage,
            Duration lifetime,
            Clock clock) {
        Instant begin = clock.instant().minus(SKEW);
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
                    Date.from(begin),
                    Date.from(begin.plus(lifetime)),
                    subject,
                    pair.getPublic());
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
            if (usage == null) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            } else {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usage.purpose));
            }
            if (!dnsNames.isEmpty()) {
                GeneralName[] names = dnsNames.stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate cannot be signed", e);
        }
    }

    /** What a certificate is for. */
    public enum Usage {
        /** The listening side of TLS. */
        SERVER(KeyPurposeId.id_kp_serverAuth),
        /** The connecting side of TLS. */
        CLIENT(KeyPurposeId.id_kp_clientAuth);

        private final KeyPurposeId purpose;

        Usage(KeyPurposeId purpose) {
            this.purpose = purpose;
        }
    }
}
