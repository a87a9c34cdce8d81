package dev.redoubt.controller.pki;

import dev.redoubt.controller.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the authority and the webhook's certificate in Secrets of the operator's namespace. Several replicas may do so
 * at once: whoever comes second takes what the first one made.
 */
public final class AuthorityStore {
    /** Secret with the authority. */
    public static final String AUTHORITY = "redoubt-ca";

    /** Secret with the webhook's certificate. */
    public static final String WEBHOOK = "redoubt-webhook-tls";

    /** Service of the webhook. */
    public static final String WEBHOOK_SERVICE = "redoubt-webhook";

    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";
    private static final String TRUST = "ca.crt";

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private CertificateAuthority authority;

    /**
     * @param namespace the operator's namespace
     */
    public AuthorityStore(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    /**
     * The authority; made where there is none.
     *
     * @throws IllegalStateException where there is one that cannot be used: it is not replaced, because whatever
     *     trusts it would stop
     */
    public synchronized CertificateAuthority authority() {
        if (authority == null) {
            Secret kept = get(AUTHORITY);
            if (kept == null) {
                kept = create(AUTHORITY, CertificateAuthority.create(clock).keep(), null);
            }
            try {
                authority = CertificateAuthority.read(certificate(kept));
            } catch (IOException e) {
                throw new IllegalStateException(
                        "Secret " + namespace + "/" + AUTHORITY
                                + " holds no usable authority; restore it, or delete it to have a new one made",
                        e);
            }
        }
        return authority;
    }

    /** Forgets what was read, so that the next use sees what the Secret holds then. */
    public synchronized void refresh() {
        authority = null;
    }

    /** Makes or renews the webhook's certificate where that is due. */
    public void ensureWebhookCertificate() {
        CertificateAuthority issuer = authority();
        List<String> names = List.of(WEBHOOK_SERVICE + "." + namespace + ".svc");
        Secret kept = get(WEBHOOK);
        if (kept != null
                && issuer.current(certificate(kept), names, clock)
                && issuer.certificatePem().equals(text(kept, TRUST))) {
            return;
        }
        IssuedCertificate issued = issuer.issue(names.get(0), names, CertificateAuthority.Usage.SERVER, clock);
        if (kept == null) {
            create(WEBHOOK, issued, issuer.certificatePem());
        } else {
            // with the version that was read: of two replicas one wins, and the other looks again later
            client.resource(new SecretBuilder(secret(WEBHOOK, issued, issuer.certificatePem()))
                            .editMetadata()
                            .withResourceVersion(kept.getMetadata().getResourceVersion())
                            .endMetadata()
                            .build())
                    .update();
        }
    }

    private Secret create(String name, IssuedCertificate issued, String trust) {
        try {
            return client.resource(secret(name, issued, trust)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return get(name);
        }
    }

    private Secret get(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    private Secret secret(String name, IssuedCertificate issued, String trust) {
        Map<String, String> data = new TreeMap<>();
        data.put(CERTIFICATE, base64(issued.certificatePem()));
        data.put(KEY, base64(issued.privateKeyPem()));
        if (trust != null) {
            data.put(TRUST, base64(trust));
        }
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, Labels.REDOUBT)
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(data)
                .build();
    }

    /** Certificate and key of a Secret of this form; empty texts where they are missing. */
    public static IssuedCertificate certificate(Secret secret) {
        return new IssuedCertificate(text(secret, CERTIFICATE), text(secret, KEY));
    }

    private static String text(Secret secret, String key) {
        String value = secret.getData() == null ? null : secret.getData().get(key);
        return value == null ? "" : new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
