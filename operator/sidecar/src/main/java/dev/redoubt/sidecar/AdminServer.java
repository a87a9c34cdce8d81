package dev.redoubt.sidecar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.redoubt.profiles.Profile.ErrorShape;
import dev.redoubt.sidecar.Configurations.Pushed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The controller's door: {@code PUT /config} with a guard configuration, {@code GET /revision}. Mutual TLS; the
 * client's certificate is signed by Redoubt's own authority and names the controller. It opens when the certificates
 * are mounted and serves new ones without closing.
 */
final class AdminServer {
    private static final System.Logger LOG = System.getLogger(AdminServer.class.getName());
    private static final String CONTROLLER = "redoubt-controller";
    private static final int MOST_BYTES = 2 << 20;

    private final Vertx vertx;
    private final Configurations configurations;
    private final int port;
    private Mount certificates;
    private HttpServer server;

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
            // Vert.x gives up the certificates it serves before it has read the new ones
            keyCertificate(mount).getKeyManagerFactory(vertx);
            trust(mount).getTrustManagerFactory(vertx);
        } catch (Exception e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the certificates of the admin port cannot be read: {0}",
                    e.getClass().getName());
            return;
        }
        Future<?> served = server == null ? listen(mount) : server.updateSSLOptions(ssl(mount));
        served.onFailure(e -> LOG.log(
                System.Logger.Level.ERROR,
                "the admin port does not use the certificates: {0}",
                e.getClass().getName()));
    }

    /** The port that is listened on; 0 before it is. */
    int port() {
        return server == null ? 0 : server.actualPort();
    }

    private Future<HttpServer> listen(Mount mount) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setKeyCertOptions(keyCertificate(mount))
                .setTrustOptions(trust(mount))
                .setIdleTimeout(60);
        HttpServer opening = vertx.createHttpServer(options)
                .requestHandler(this::onRequest)
                // a failed handshake is the caller's trouble
                .exceptionHandler(failed -> {});
        server = opening;
        return opening.listen(port).onFailure(e -> server = null);
    }

    private static SSLOptions ssl(Mount mount) {
        return new SSLOptions()
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setKeyCertOptions(keyCertificate(mount))
                .setTrustOptions(trust(mount));
    }

    private static PemKeyCertOptions keyCertificate(Mount mount) {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(mount.certificate()))
                .setKeyValue(Buffer.buffer(mount.key()));
    }

    private static PemTrustOptions trust(Mount mount) {
        return new PemTrustOptions().addCertValue(Buffer.buffer(mount.authority()));
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
        } else {
            answer(request, Problem.of(Reason.NotConfigured, "it needs a key ring that is not mounted yet", null));
        }
    }

    private static void answer(HttpServerRequest request, Problem problem) {
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Exchange.wrap(problem.body(ErrorShape.Problem)));
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
                .end(Exchange.wrap(out.toByteArray()));
    }

    private static boolean isController(HttpServerRequest request) {
        try {
            X509Certificate certificate = (X509Certificate) request.sslSession().getPeerCertificates()[0];
            LdapName subject =
                    new LdapName(certificate.getSubjectX500Principal().getName());
            return subject.getRdns().stream()
                    .anyMatch(rdn -> "CN".equalsIgnoreCase(rdn.getType()) && CONTROLLER.equals(rdn.getValue()));
        } catch (SSLPeerUnverifiedException | InvalidNameException e) {
            return false;
        }
    }
}
