package dev.redoubt.webhook;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The certificate that handshakes use, which can be replaced at any time: a handshake that has begun ends with the one
 * it began with, the next takes the new one, and no connection is refused in between. (Vert.x's own
 * {@code updateSSLOptions} drops connections that come while it works.)
 */
final class ServedCertificate extends X509ExtendedKeyManager {
    private final Map<String, ServingCertificate> byAlias = new ConcurrentHashMap<>();
    private volatile String current = "";
    private int generation;

    /** Serves this certificate from now on. The one before stays for handshakes under way, older ones go. */
    synchronized void replace(ServingCertificate certificate) {
        String alias = String.valueOf(++generation);
        String before = current;
        byAlias.put(alias, certificate);
        current = alias;
        byAlias.keySet().removeIf(old -> !old.equals(alias) && !old.equals(before));
    }

    Optional<ServingCertificate> certificate() {
        return Optional.ofNullable(byAlias.get(current));
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        String alias = current;
        ServingCertificate certificate = byAlias.get(alias);
        return certificate != null && certificate.key().getAlgorithm().equals(keyType) ? alias : null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        ServingCertificate certificate = byAlias.get(alias);
        return certificate == null ? null : certificate.chain();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        ServingCertificate certificate = byAlias.get(alias);
        return certificate == null ? null : certificate.key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
