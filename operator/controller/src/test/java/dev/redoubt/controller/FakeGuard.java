package dev.redoubt.controller;

import dev.redoubt.controller.guard.GuardAdmin;
import dev.redoubt.controller.pki.CertificateAuthority;
import dev.redoubt.controller.pki.IssuedCertificate;
import dev.redoubt.injection.GuardContainer;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.GuardConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the controller sees of a guard: the admin port with its certificates, and a port that asks for a key. */
public final class FakeGuard implements AutoCloseable {
    private final HttpServer admin;
    private final HttpServer guarded;
    private final List<GuardConfig> pushed = new CopyOnWriteArrayList<>();
    private volatile boolean accepting = true;

    /**
     * Listens on an address of the loopback network that is this guard's alone, as a pod's address would be.
     *
     * @param port where the application was
     */
    public FakeGuard(Vertx vertx, CertificateAuthority authority, Target target, String address, int port) {
        String name = GuardAdmin.serverName(target.namespace(), target.pipeline(), target.name());
        IssuedCertificate certificate =
                authority.issue("redoubt-guard", List.of(name), CertificateAuthority.Usage.SERVER, Clock.systemUTC());
        admin = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(certificate.certificatePem()))
                                .addKeyValue(Buffer.buffer(certificate.privateKeyPem())))
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority.certificatePem()))))
                .requestHandler(request -> request.body().onSuccess(body -> accept(request, body)));
        guarded = vertx.createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(401).end());
        Future.all(admin.listen(GuardContainer.ADMIN_PORT, address), guarded.listen(port, address))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void accept(HttpServerRequest request, Buffer body) {
        if (!accepting) {
            request.response().setStatusCode(503).end();
            return;
        }
        try {
            GuardConfig config = GuardConfig.parse(body.getBytes());
            pushed.add(config);
            request.response()
                    .end(new JsonObject().put("revision", config.revision()).encode());
        } catch (IOException e) {
            request.response().setStatusCode(400).end();
        }
    }

    /** Whether it takes configurations. */
    public void accepting(boolean accepts) {
        accepting = accepts;
    }

    /** What it was given. */
    public List<GuardConfig> pushed() {
        return pushed;
    }

    @Override
    public void close() {
        Future.all(admin.close(), guarded.close())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
