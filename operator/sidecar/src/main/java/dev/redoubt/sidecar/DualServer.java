package dev.redoubt.sidecar;

import io.netty.channel.Channel;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.vertx.core.Handler;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.SslChannelProvider;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * A server of HTTP/1.1 and of HTTP/2 on one port, without upgrades from one to the other: a client says with its first
 * bytes which one it speaks (RFC 9113, 3.3). Vert.x could tell them apart too, but has read the first request by its own
 * lenient decoder before anybody can replace that.
 */
final class DualServer extends HttpServerImpl {
    private static final int MOST_STREAMS = 128;

    private final Second second;
    private final Duration patience;

    /**
     * @param options of HTTP/1.1
     * @param patience how long a client may take to say what it speaks
     */
    DualServer(VertxInternal vertx, HttpServerOptions options, Duration patience) {
        super(vertx, new HttpServerOptions(options).setHttp2ClearTextEnabled(false));
        this.patience = patience;
        Http2Settings settings = new Http2Settings()
                .setMaxConcurrentStreams(MOST_STREAMS)
                .setMaxHeaderListSize(options.getMaxHeaderSize());
        second = new Second(
                vertx,
                new HttpServerOptions(options).setHttp2ClearTextEnabled(true).setInitialSettings(settings));
    }

    /** Sets what is told of connections of HTTP/2, beside {@link #connectionHandler} for those of HTTP/1.1. */
    DualServer http2ConnectionHandler(Handler<HttpConnection> handler) {
        second.connectionHandler(handler);
        return this;
    }

    @Override
    public synchronized DualServer requestHandler(Handler<HttpServerRequest> handler) {
        super.requestHandler(handler);
        second.requestHandler(handler);
        return this;
    }

    @Override
    protected BiConsumer<Channel, SslChannelProvider> childHandler(
            ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler shaping) {
        BiConsumer<Channel, SslChannelProvider> http1 = super.childHandler(context, address, shaping);
        BiConsumer<Channel, SslChannelProvider> http2 = second.childHandler(context, address, shaping);
        return (channel, ssl) -> channel.pipeline()
                .addLast("redoubtPreface", new Preface(patience, isHttp2 -> (isHttp2 ? http2 : http1)
                        .accept(channel, ssl)));
    }

    /** Never listens itself: what it does with a connection is what is wanted of it. */
    private static final class Second extends HttpServerImpl {
        Second(VertxInternal vertx, HttpServerOptions options) {
            super(vertx, options);
        }

        @Override
        protected BiConsumer<Channel, SslChannelProvider> childHandler(
                ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler shaping) {
            return super.childHandler(context, address, shaping);
        }
    }
}
