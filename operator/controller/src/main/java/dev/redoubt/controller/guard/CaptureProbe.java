package dev.redoubt.controller.guard;

import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profile.Protocol;
import dev.redoubt.profiles.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletableFuture;

/**
 * Looks from outside the pod whether its traffic goes through the guard: on the original port somebody asks for a key,
 * and nobody listens on the relocated one.
 */
public final class CaptureProbe {
    private static final int CONNECT_MILLIS = 1_500;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int UNAUTHORIZED = 401;

    private final NetClient sockets;
    private final HttpClient http;
    private final DatabaseProbe databases;

    public CaptureProbe(Vertx vertx) {
        sockets = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
        databases = new DatabaseProbe(vertx, sockets, ANSWER_MILLIS);
        http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(false));
    }

    /**
     * Probes one port of a pod.
     *
     * @param address IP address of the pod
     * @param listen where the guard listens
     * @param upstream where the application was moved to
     * @param profile tells what can be asked without changing anything
     * @param enforced whether the guard refuses; where it only observes, any answer is the guard's, because the
     *     application cannot listen on the same port
     */
    public CompletableFuture<Capture> probe(
            String address, int listen, int upstream, Profile profile, boolean enforced) {
        Future<Boolean> bypass = sockets.connect(upstream, address)
                .compose(NetSocket::close)
                .map(closed -> true)
                .otherwise(false);
        Future<Integer> answer = (profile.speaks(Protocol.Postgres)
                        ? databases.ask(address, listen)
                        : ask(address, listen, question(profile)))
                .otherwise(0);
        return Future.all(bypass, answer)
                .map(both -> verdict(bypass.result(), answer.result(), enforced))
                .otherwise(Capture.NOT_PROBED)
                .toCompletionStage()
                .toCompletableFuture();
    }

    private Future<Integer> ask(String address, int port, String path) {
        return http.request(new RequestOptions()
                        .setHost(address)
                        .setPort(port)
                        .setMethod(HttpMethod.GET)
                        .setURI(path)
                        .setTimeout(ANSWER_MILLIS))
                .compose(request -> request.send())
                .compose(response -> response.end().map(end -> response.statusCode()));
    }

    private static Capture verdict(boolean bypass, int status, boolean enforced) {
        if (bypass) {
            return Capture.BYPASSED;
        }
        if (status == 0) {
            return Capture.NOT_PROBED;
        }
        // anything but a demand for a key comes from somebody who is not the guard, or from one that is not ready
        if (status == UNAUTHORIZED || !enforced) {
            return Capture.CAPTURED;
        }
        return status < 500 ? Capture.BYPASSED : Capture.NOT_PROBED;
    }

    /** A route that reads, needs no name of anything, and is not open to everybody. */
    private static String question(Profile profile) {
        return profile.routes().stream()
                .filter(route -> route.method().equals("GET"))
                .filter(route -> !route.path().contains("{"))
                .filter(route -> !route.operations().contains(Operation.Health))
                .map(Route::path)
                .findFirst()
                .orElse("/");
    }
}
