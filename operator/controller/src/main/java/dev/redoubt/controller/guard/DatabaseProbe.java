package dev.redoubt.controller.guard;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/**
 * Begins a session with PostgreSQL without TLS. The guard refuses that before it looks at anything, in words of its own; a
 * database asks for a password, or refuses in other words.
 */
final class DatabaseProbe {
    private static final int UNAUTHORIZED = 401;
    private static final int ANSWERED = 200;
    private static final int UNAVAILABLE = 503;
    private static final String GUARD = "TLS is required";

    /** {@code cannot_connect_now}: whoever it is, it is not ready. */
    private static final String NOT_NOW = "57P03";

    private final Vertx vertx;
    private final NetClient sockets;
    private final int patience;

    /** @param patience milliseconds that are waited for an answer */
    DatabaseProbe(Vertx vertx, NetClient sockets, int patience) {
        this.vertx = vertx;
        this.sockets = sockets;
        this.patience = patience;
    }

    /** What a guard of HTTP would have answered: 401 from the guard, 503 from one that is not ready, 200 from others. */
    Future<Integer> ask(String address, int port) {
        Promise<Integer> answer = Promise.promise();
        long timer = vertx.setTimer(patience, late -> answer.tryFail("no answer"));
        sockets.connect(port, address).onFailure(answer::tryFail).onSuccess(socket -> ask(socket, answer));
        return answer.future().onComplete(any -> vertx.cancelTimer(timer));
    }

    private static void ask(NetSocket socket, Promise<Integer> answer) {
        Buffer heard = Buffer.buffer();
        socket.closeHandler(closed -> complete(heard, answer));
        socket.exceptionHandler(failed -> socket.close());
        socket.handler(piece -> {
            heard.appendBuffer(piece);
            // an error ends the connection; anything else is a database that goes on
            if (heard.getByte(0) != 'E') {
                complete(heard, answer);
                socket.close();
            }
        });
        answer.future().onComplete(any -> socket.close());
        socket.write(startup());
    }

    private static void complete(Buffer heard, Promise<Integer> answer) {
        String text = heard.toString(StandardCharsets.ISO_8859_1);
        if (text.isEmpty()) {
            answer.tryFail("no answer");
        } else if (text.contains(GUARD)) {
            answer.tryComplete(UNAUTHORIZED);
        } else {
            answer.tryComplete(text.contains(NOT_NOW) ? UNAVAILABLE : ANSWERED);
        }
    }

    private static Buffer startup() {
        Buffer body = Buffer.buffer().appendInt(3 << 16).appendString("user\0redoubt\0\0");
        return Buffer.buffer().appendInt(body.length() + Integer.BYTES).appendBuffer(body);
    }
}
