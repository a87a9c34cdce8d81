package dev.redoubt.sidecar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.redoubt.profiles.Profile.ErrorShape;
import dev.redoubt.sidecar.Configurations.Pushed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The controller's door: {@code PUT /config} with a guard configuration, {@code GET /revision}. Mutual TLS; the
 * client's certificate is signed by Redoubt's own authority and names the controller. It opens when the certificates
 * are mounted and serves new ones without closing.
 */
final class AdminServer {
    private static final System.Logger LOG = System.getLogger(AdminServer.class.getName());
    private static final String CONTROLLER = "redoubt-controller";
    private static final int MOST_BYTES = 2 << 20;
    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final Configurations configurations;
    private final int port;
    private final SwitchableKeys keys = new SwitchableKeys();
    private final SwitchableTrust trust = new SwitchableTrust();
    private volatile Mount certificates;
    private volatile HttpServer server;

    AdminServer(Vertx vertx, Configurations configurations, int port) {
        this.vertx = vertx;
        this.configurations = configurations;
        this.port = port;
    }

    /** Takes the certificates of the mount where they are new. Called by one thread. */
    void mounted(Mount mount) {
        if (!mount.hasCertificates() || certificates != null && mount.sameCertificates(certificates)) {
            return;
        }
        certificates = mount;
        try {
            keys.use(keys(mount));
            trust.use(trust(mount));
        } catch (Exception e) {
            failed("the certificates of the admin port cannot be read", e);
            return;
        }
        if (server == null) {
            listen();
        }
    }

    private static void failed(String what, Throwable e) {
        LOG.log(System.Logger.Level.ERROR, "{0}: {1}", what, e.getClass().getName());
    }

    private X509ExtendedKeyManager keys(Mount mount) throws Exception {
        PemKeyCertOptions pem = new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(mount.certificate()))
                .setKeyValue(Buffer.buffer(mount.key()));
        return (X509ExtendedKeyManager) pem.getKeyManagerFactory(vertx).getKeyManagers()[0];
    }

    private X509ExtendedTrustManager trust(Mount mount) throws Exception {
        PemTrustOptions pem = new PemTrustOptions().addCertValue(Buffer.buffer(mount.authority()));
        return (X509ExtendedTrustManager) pem.getTrustManagerFactory(vertx).getTrustManagers()[0];
    }

    /** What the guard shows in TLS, on this port and on any other. */
    SwitchableKeys keys() {
        return keys;
    }

    /** The port that is listened on; 0 before it is. */
    int port() {
        HttpServer listening = server;
        return listening == null ? 0 : listening.actualPort();
    }

    private void listen() {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setKeyCertOptions(KeyCertOptions.wrap(keys.factory()))
                .setTrustOptions(TrustOptions.wrap(trust.factory()))
                .setIdleTimeout(IDLE_SECONDS);
        server = vertx.createHttpServer(options)
                .requestHandler(this::onRequest)
                // a failed handshake is the caller's trouble
                .exceptionHandler(failed -> {});
        server.listen(port).onFailure(e -> {
            failed("the admin port cannot be listened on", e);
            server = null;
            certificates = null;
        });
    }

    private void onRequest(HttpServerRequest request) {
        if (!isController(request)) {
            answer(request, Problem.of(Reason.Forbidden, "only the controller may", null));
        } else if (request.method() == HttpMethod.GET && "/revision".equals(request.path())) {
            configurations
                    .current()
                    .ifPresentOrElse(
                            snapshot -> answer(request, snapshot.revision()),
                            () -> answer(request, Problem.of(Reason.NotConfigured)));
        } else if (request.method() == HttpMethod.PUT && "/config".equals(request.path())) {
            receive(request);
        } else {
            answer(request, Problem.of(Reason.UnknownRoute).status(404));
        }
    }

    private void receive(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(piece -> {
            if (body.length() + piece.length() > MOST_BYTES) {
                request.connection().close();
            } else {
                body.appendBuffer(piece);
            }
        });
        // a configuration is compiled for up to a second: not on an event loop
        request.endHandler(end -> vertx.executeBlocking(() -> configurations.push(body.getBytes()))
                .onSuccess(pushed -> answer(request, pushed))
                .onFailure(failed -> answer(request, Problem.of(Reason.InternalError))));
    }

    private static void answer(HttpServerRequest request, Pushed pushed) {
        if (pushed instanceof Pushed.Loaded loaded) {
            answer(request, loaded.revision());
        } else if (pushed instanceof Pushed.Invalid invalid) {
            answer(request, Problem.of(Reason.MalformedRequest, invalid.why(), null));
        } else if (pushed instanceof Pushed.Foreign) {
            answer(
                    request,
                    Problem.of(Reason.MalformedRequest, "it is of another target", null)
                            .status(409));
        } else if (pushed instanceof Pushed.Waiting waiting) {
            String why = "it needs a " + waiting.what() + " that is not mounted yet";
            answer(request, Problem.of(Reason.NotConfigured, why, null));
        }
    }

    private static void answer(HttpServerRequest request, Problem problem) {
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.mediaType(ErrorShape.Problem))
                .end(Bytes.wrap(problem.body(ErrorShape.Problem)));
    }

    private static void answer(HttpServerRequest request, String revision) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(96);
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("revision", revision);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Bytes.wrap(out.toByteArray()));
    }

    /** Asks every time, because a session outlives the authorities that it began with. */
    private boolean isController(HttpServerRequest request) {
        try {
            X509Certificate[] chain = (X509Certificate[]) request.sslSession().getPeerCertificates();
            trust.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            LdapName subject = new LdapName(chain[0].getSubjectX500Principal().getName());
            return subject.getRdns().stream()
                    .anyMatch(rdn -> "CN".equalsIgnoreCase(rdn.getType()) && CONTROLLER.equals(rdn.getValue()));
        } catch (SSLPeerUnverifiedException | CertificateException | InvalidNameException e) {
            return false;
        }
    }
}
