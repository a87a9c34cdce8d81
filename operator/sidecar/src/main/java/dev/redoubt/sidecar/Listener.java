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
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.impl.ConnectionBase;

/** Listens on one port with one event loop, and has connections of its own to the application. */
final class Listener extends AbstractVerticle implements Listening {
    /** All addresses: a socket of the JVM that is bound to this one takes IPv6 too, where the kernel has it. */
    private static final String EVERYWHERE = "0.0.0.0";

    private static final int LONGEST_TARGET = 8 << 10;
    private static final int LONGEST_HEADER = 32 << 10;
    private static final int BACKLOG = 1024;

    /** Below the five seconds after which uvicorn and llama.cpp's server close a connection that rests. */
    private static final int KEPT_SECONDS = 4;

    private final Services services;
    private final int port;
    private final String upstreamHost;
    private final int upstreamPort;
    private final PoolBounds pool;
    private final HttpServerOptions options;
    private HttpServer server;

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
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(false)
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
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setKeepAliveTimeout(KEPT_SECONDS)
                        .setConnectTimeout((int) services.timeouts().connect().toMillis())
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(LONGEST_HEADER),
                new PoolOptions().setHttp1MaxSize(pool.connections()).setMaxWaitQueueSize(pool.waiting()));
        UpstreamTarget target = new UpstreamTarget(client, upstreamHost, upstreamPort, pool.patience());
        vertx.createHttpServer(options)
                .connectionHandler(this::harden)
                .invalidRequestHandler(request -> new Exchange(services, request, target)
                        .refuse(invalid(request.decoderResult().cause())))
                .requestHandler(request -> new Exchange(services, request, target).begin())
                .listen(port)
                .onSuccess(listening -> server = listening)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    @Override
    public int port() {
        return server.actualPort();
    }

    private void harden(HttpConnection connection) {
        ChannelPipeline pipeline =
                ((ConnectionBase) connection).channelHandlerContext().pipeline();
        pipeline.replace("httpDecoder", "httpDecoder", new StrictRequestDecoder(options));
        pipeline.addBefore(
                "handler",
                "redoubtLimits",
                new ConnectionLimits(services.timeouts().head()));
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
