package dev.redoubt.controller.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers as guards and databases give them, from a stub that replays them. */
class DatabaseProbeTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private int asked(Consumer<NetSocket> stub) {
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(startup -> stub.accept(socket)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new DatabaseProbe(vertx, vertx.createNetClient(), 500)
                .ask("127.0.0.1", server.actualPort())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Buffer error(String sqlState, String message) {
        Buffer fields = Buffer.buffer("SFATAL\0C" + sqlState + "\0M" + message + "\0\0");
        return Buffer.buffer("E").appendInt(fields.length() + 4).appendBuffer(fields);
    }

    @Test
    void theGuardIsKnownByItsDemandForTls() {
        assertThat(asked(socket -> socket.end(error("28000", "TLS is required"))))
                .isEqualTo(401);
    }

    @Test
    void aDatabaseThatAsksForAPasswordIsNotTheGuard() {
        assertThat(asked(socket -> socket.write(Buffer.buffer("R").appendInt(8).appendInt(3))))
                .isEqualTo(200);
        assertThat(asked(socket -> socket.end(error("28000", "no pg_hba.conf entry for host"))))
                .isEqualTo(200);
    }

    @Test
    void whoeverIsNotReadyIsNotJudged() {
        assertThat(asked(socket -> socket.end(error("57P03", "the database system is starting up"))))
                .isEqualTo(503);
        assertThatThrownBy(() -> asked(NetSocket::close)).isInstanceOf(CompletionException.class);
        assertThatThrownBy(() -> asked(socket -> {})).isInstanceOf(CompletionException.class);
    }
}
