package dev.redoubt.sidecar;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.Set;

/** Listens on one port with one event loop, where PostgreSQL's clients connect. */
final class PostgresListener extends AbstractVerticle implements Listening {
    private static final String EVERYWHERE = "0.0.0.0";
    private static final int BACKLOG = 1024;

    private final Services services;
    private final Settings.Port port;
    private final int listen;
    private final PoolBounds pool;
    private final SwitchableKeys keys;
    private final CancelKeys cancels;
    private final DatabaseRoles roles;
    private NetServer server;
    private NetClient client;
    private int sessions;

    /**
     * @param listen the port to listen on; 0 for any free one
     * @param keys what is shown in TLS; while there are none nobody gets in
     * @param roles who may log in at the database
     */
    PostgresListener(
            Services services,
            Settings.Port port,
            int listen,
            PoolBounds pool,
            SwitchableKeys keys,
            CancelKeys cancels,
            DatabaseRoles roles) {
        this.services = services;
        this.port = port;
        this.listen = listen;
        this.pool = pool;
        this.keys = keys;
        this.cancels = cancels;
        this.roles = roles;
    }

    @Override
    public void start(Promise<Void> started) {
        client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) services.timeouts().connect().toMillis())
                .setTcpNoDelay(true));
        NetServerOptions options = new NetServerOptions()
                .setHost(EVERYWHERE)
                .setAcceptBacklog(BACKLOG)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(KeyCertOptions.wrap(keys.factory()));
        vertx.createNetServer(options)
                .connectHandler(this::accept)
                // a failed handshake is the caller's trouble
                .exceptionHandler(failed -> {})
                .listen(listen)
                .onSuccess(listening -> server = listening)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void accept(NetSocket socket) {
        sessions++;
        new PostgresConnection(services, socket, client, port, keys, cancels, roles, sessions > pool.connections())
                .begin(() -> sessions--);
    }

    @Override
    public int port() {
        return server.actualPort();
    }
}
