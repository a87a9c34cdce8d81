package dev.redoubt.controller.guard;

import dev.redoubt.controller.pki.AuthorityStore;
import dev.redoubt.controller.pki.CertificateAuthority;
import dev.redoubt.controller.pki.IssuedCertificate;
import dev.redoubt.injection.GuardContainer;
import dev.redoubt.policy.GuardConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Talks to the admin ports of guards over mutually authenticated TLS. A guard is addressed by the pod's address and
 * known by the name in its certificate, which names its target, pipeline and namespace.
 */
public final class GuardAdmin {
    /** Name in the controller's certificate, by which guards know it. */
    public static final String CONTROLLER = "redoubt-controller";

    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int OK = 200;

    private final Vertx vertx;
    private final AuthorityStore authorities;
    private final Clock clock;
    private Session session;

    public GuardAdmin(Vertx vertx, AuthorityStore authorities, Clock clock) {
        this.vertx = vertx;
        this.authorities = authorities;
        this.clock = clock;
    }

    /** DNS name in the certificate of a target's guards. */
    public static String serverName(String namespace, String pipeline, String target) {
        return target + "." + pipeline + "." + namespace + ".guard.redoubt.dev";
    }

    /**
     * Gives a guard its configuration.
     *
     * @param address IP address of the pod
     * @return whether the guard answered that this very revision is in force; false where it refused or could not be
     *     reached
     */
    public CompletableFuture<Boolean> push(String address, GuardConfig config) {
        String server = serverName(config.namespace(), config.pipeline(), config.target());
        RequestOptions request = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(GuardContainer.ADMIN_PORT, address))
                .setHost(server)
                .setPort(GuardContainer.ADMIN_PORT)
                .setSsl(true)
                .setMethod(HttpMethod.PUT)
                .setURI("/config")
                .setTimeout(ANSWER_MILLIS);
        return client().request(request)
                .compose(sent ->
                        sent.putHeader("content-type", "application/json").send(Buffer.buffer(config.json())))
                .compose(answer -> answer.body().map(body -> answer.statusCode() == OK && acknowledges(body, config)))
                .otherwise(false)
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(false, CONNECT_MILLIS + ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static boolean acknowledges(Buffer body, GuardConfig config) {
        return config.revision().equals(new JsonObject(body).getString("revision"));
    }

    private synchronized HttpClient client() {
        CertificateAuthority authority = authorities.authority();
        if (session == null
                || !session.authority.equals(authority.certificatePem())
                || !authority.current(session.certificate, List.of(), clock)) {
            IssuedCertificate certificate =
                    authority.issue(CONTROLLER, List.of(), CertificateAuthority.Usage.CLIENT, clock);
            HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                    .setSsl(true)
                    .setVerifyHost(true)
                    .setKeepAlive(false)
                    .setConnectTimeout(CONNECT_MILLIS)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(certificate.certificatePem()))
                            .addKeyValue(Buffer.buffer(certificate.privateKeyPem())))
                    .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority.certificatePem()))));
            if (session != null) {
                session.client.close();
            }
            session = new Session(authority.certificatePem(), certificate, client);
        }
        return session.client;
    }

    private record Session(String authority, IssuedCertificate certificate, HttpClient client) {}
}
