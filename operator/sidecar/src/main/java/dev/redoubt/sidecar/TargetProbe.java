package dev.redoubt.sidecar;

import dev.redoubt.wire.postgres.FieldWriter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;

/** Asks a target whether it is ready, in its own protocol. Every answer is one: nothing here fails. */
final class TargetProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Asks for TLS, which every PostgreSQL answers with one byte, logs nothing of, and needs no role for. */
    private static final byte[] TLS_REQUEST =
            new FieldWriter().int32(8).int16(1234).int16(5679).body();

    private final Vertx vertx;
    private final HttpClient http;
    private final GrpcHealth health;
    private final NetClient net;

    TargetProbe(Vertx vertx) {
        this.vertx = vertx;
        http = vertx.createHttpClient();
        health = new GrpcHealth(vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false)));
        net = vertx.createNetClient();
    }

    /**
     * Whether a path is answered with success.
     *
     * @param credential {@code null} where none is presented
     */
    Future<TargetState> http(Settings.Port port, String path, PresentedCredential credential) {
        return http.request(options(port, credential).setMethod(HttpMethod.GET).setURI(path))
                .compose(request -> request.send())
                .map(answer -> answer.statusCode() == Upstream.UNAUTHORIZED
                        ? TargetState.Unauthenticated
                        : TargetState.of(Upstream.isSuccess(answer)))
                .otherwise(TargetState.NotReady);
    }

    /**
     * Whether a server says by gRPC's health protocol that it serves.
     *
     * @param credential {@code null} where none is presented
     */
    Future<TargetState> grpc(Settings.Port port, PresentedCredential credential) {
        return health.ask(options(port, credential)).otherwise(TargetState.NotReady);
    }

    private static RequestOptions options(Settings.Port port, PresentedCredential credential) {
        MultiMap headers = HttpHeaders.headers();
        if (credential != null) {
            credential.to(headers);
        }
        return new RequestOptions()
                .setHost(port.host())
                .setPort(port.upstream())
                .setHeaders(headers)
                .setTimeout(PATIENCE.toMillis());
    }

    /** Whether PostgreSQL serves connections. */
    Future<TargetState> postgres(Settings.Port port) {
        Promise<Boolean> answer = Promise.promise();
        long timer = vertx.setTimer(PATIENCE.toMillis(), late -> answer.tryComplete(false));
        net.connect(port.upstream(), port.host())
                .onFailure(failed -> answer.tryComplete(false))
                .onSuccess(socket -> ask(socket, answer));
        return answer.future().onComplete(any -> vertx.cancelTimer(timer)).map(TargetState::of);
    }

    private static void ask(NetSocket socket, Promise<Boolean> answer) {
        socket.closeHandler(closed -> answer.tryComplete(false));
        socket.exceptionHandler(failed -> socket.close());
        socket.handler(piece -> {
            answer.tryComplete(piece.getByte(0) == 'N' || piece.getByte(0) == 'S');
            socket.close();
        });
        answer.future().onComplete(any -> socket.close());
        socket.write(Buffer.buffer(TLS_REQUEST));
    }
}
