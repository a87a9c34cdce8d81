package dev.redoubt.sidecar;

import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** The key and certificate that a server shows, exchanged for others while it serves: the next handshake shows them. */
final class SwitchableKeys extends X509ExtendedKeyManager {
    private volatile X509ExtendedKeyManager current;

    /** Shows these from now on. */
    void use(X509ExtendedKeyManager keys) {
        current = keys;
    }

    /** Whether there is anything to show. */
    boolean areThere() {
        return current != null;
    }

    /** A factory of this one. Vert.x' own way to wrap a key manager needs a logging library that is not here. */
    KeyManagerFactory factory() {
        return new KeyManagerFactory(
                new KeyManagerFactorySpi() {
                    @Override
                    protected void engineInit(KeyStore keys, char[] password) {
                        // the keys are there already
                    }

                    @Override
                    protected void engineInit(ManagerFactoryParameters parameters) {
                        // the keys are there already
                    }

                    @Override
                    protected KeyManager[] engineGetKeyManagers() {
                        return new KeyManager[] {SwitchableKeys.this};
                    }
                },
                null,
                "switchable") {};
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return current.chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return current.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return current.getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current.getPrivateKey(alias);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
