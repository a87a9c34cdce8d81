package dev.redoubt.sidecar;

import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.wire.protobuf.GrpcMessage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * Asks a server by the health protocol of gRPC whether it is ready. One that does not know the protocol is ready once it
 * says so.
 *
 * <p>Source: gRPC Health Checking Protocol, {@code grpc.health.v1}.
 */
final class GrpcHealth {
    /** What a profile names where this protocol is to be used. */
    static final String PATH = "/grpc.health.v1.Health/Check";

    /** A message whose first field, an enumeration, is 1. */
    private static final Buffer SERVING = Buffer.buffer(new GrpcMessage(new byte[] {1 << 3, 1}).framed());

    private final HttpClient client;

    /** @param client of HTTP/2 */
    GrpcHealth(HttpClient client) {
        this.client = client;
    }

    /** @param options where to ask, and how long to wait */
    Future<TargetState> ask(RequestOptions options) {
        options.setMethod(HttpMethod.POST)
                .setURI(PATH)
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.of(Encoding.Grpc))
                .putHeader("te", "trailers");
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(new GrpcMessage(new byte[0]).framed())))
                .compose(answer -> answer.body().map(body -> GrpcStatus.of(answer)
                        .map(status -> state(status, body))
                        .orElse(TargetState.NotReady)));
    }

    private static TargetState state(GrpcStatus status, Buffer body) {
        if (status.code() == GrpcStatus.UNAUTHENTICATED) {
            return TargetState.Unauthenticated;
        }
        return TargetState.of(status.isOk() ? body.equals(SERVING) : status.code() == GrpcStatus.UNIMPLEMENTED);
    }
}
