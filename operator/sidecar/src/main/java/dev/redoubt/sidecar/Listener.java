package dev.redoubt.sidecar;

import dev.redoubt.sidecar.StrictRequestDecoder.UnsupportedVersionException;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.IdentityHashMap;
import java.util.Map;

/** Listens on one port with one event loop, and has connections of its own to the application. */
final class Listener extends AbstractVerticle implements Listening {
    /** All addresses: a socket of the JVM that is bound to this one takes IPv6 too, where the kernel has it. */
    private static final String EVERYWHERE = "0.0.0.0";

    private static final int LONGEST_TARGET = 8 << 10;
    private static final int LONGEST_HEADER = 32 << 10;
    private static final int BACKLOG = 1024;

    /** Below the five seconds after which uvicorn and llama.cpp's server close a connection that rests. */
    private static final int KEPT_SECONDS = 4;

    /** gRPC servers keep connections for hours; one of HTTP/2 is pinged, not probed by a request. */
    private static final int KEPT_HTTP2_SECONDS = 60;

    /** Each carries many calls at once. */
    private static final int HTTP2_CONNECTIONS = 2;

    private final Services services;
    private final int port;
    private final String upstreamHost;
    private final int upstreamPort;
    private final PoolBounds pool;
    private final HttpServerOptions options;
    private final Map<HttpConnection, Long> awaited = new IdentityHashMap<>();
    private HttpServer server;
    private Deadlines heads;
    private Deadlines bodies;

    Listener(Services services, int port, String upstreamHost, int upstreamPort, PoolBounds pool) {
        this.services = services;
        this.port = port;
        this.upstreamHost = upstreamHost;
        this.upstreamPort = upstreamPort;
        this.pool = pool;
        options = decoding()
                .setHost(EVERYWHERE)
                .setAcceptBacklog(BACKLOG)
                .setTcpNoDelay(true)
                .setHandle100ContinueAutomatically(false)
                // no WebSocket is spoken
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                // longer than the application may be silent, so that this only ends what is dead on both sides
                .setIdleTimeout(
                        (int) services.timeouts().upstream().plusMinutes(5).toSeconds());
    }

    /** What bounds the head of a request. */
    static HttpServerOptions decoding() {
        return new HttpServerOptions().setMaxInitialLineLength(LONGEST_TARGET).setMaxHeaderSize(LONGEST_HEADER);
    }

    @Override
    public void start(Promise<Void> started) {
        heads = new Deadlines((ContextInternal) context, services.timeouts().head());
        bodies = new Deadlines((ContextInternal) context, services.timeouts().body());
        HttpClient client = vertx.createHttpClient(
                connecting().setProtocolVersion(HttpVersion.HTTP_1_1),
                new PoolOptions().setHttp1MaxSize(pool.connections()).setMaxWaitQueueSize(pool.waiting()));
        HttpClient grpc = vertx.createHttpClient(
                connecting().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false),
                new PoolOptions().setHttp2MaxSize(HTTP2_CONNECTIONS).setMaxWaitQueueSize(pool.waiting()));
        UpstreamTarget target = new UpstreamTarget(client, grpc, upstreamHost, upstreamPort, pool.patience());
        new DualServer((VertxInternal) vertx, options, services.timeouts().head())
                .http2ConnectionHandler(this::awaitRequest)
                .requestHandler(request -> begin(request, target))
                .connectionHandler(this::harden)
                .invalidRequestHandler(request -> new Exchange(services, request, target, bodies)
                        .refuse(invalid(request.decoderResult().cause())))
                .listen(port)
                .onSuccess(listening -> server = listening)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    @Override
    public int port() {
        return server.actualPort();
    }

    private HttpClientOptions connecting() {
        return new HttpClientOptions()
                .setKeepAliveTimeout(KEPT_SECONDS)
                .setHttp2KeepAliveTimeout(KEPT_HTTP2_SECONDS)
                .setConnectTimeout((int) services.timeouts().connect().toMillis())
                .setTcpNoDelay(true)
                .setMaxHeaderSize(LONGEST_HEADER);
    }

    /** A connection of HTTP/2 whose first request does not come is closed. */
    private void awaitRequest(HttpConnection connection) {
        long timer = vertx.setTimer(services.timeouts().head().toMillis(), late -> connection.close());
        awaited.put(connection, timer);
        connection.closeHandler(closed -> requested(connection));
    }

    private void requested(HttpConnection connection) {
        Long timer = awaited.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void begin(HttpServerRequest request, UpstreamTarget target) {
        requested(request.connection());
        new Exchange(services, request, target, bodies).begin();
    }

    private void harden(HttpConnection connection) {
        ChannelPipeline pipeline =
                ((ConnectionBase) connection).channelHandlerContext().pipeline();
        pipeline.replace("httpDecoder", "httpDecoder", new StrictRequestDecoder(options));
        pipeline.addBefore("handler", "redoubtLimits", new ConnectionLimits(heads));
    }

    /** Why a request cannot be decoded. */
    static Problem invalid(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.of(Reason.TargetTooLong);
        }
        if (cause instanceof UnsupportedVersionException) {
            return Problem.of(Reason.UnsupportedVersion);
        }
        return Problem.of(
                cause instanceof TooLongHttpHeaderException ? Reason.HeaderTooLarge : Reason.MalformedRequest);
    }
}
