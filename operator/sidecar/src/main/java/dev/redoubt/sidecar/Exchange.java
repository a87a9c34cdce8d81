package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profile.ErrorShape;
import dev.redoubt.profiles.Route;
import dev.redoubt.wire.MessageContext;
import dev.redoubt.wire.Outcome;
import dev.redoubt.wire.Refusal;
import dev.redoubt.wire.RefusalReason;
import dev.redoubt.wire.RequestReading;
import dev.redoubt.wire.RouteGuard;
import dev.redoubt.wire.route.MalformedTargetException;
import dev.redoubt.wire.route.MatchedRoute;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One request and its answer: route, identity, rights, limit, body, then {@link Upstream}. All of it runs on the event
 * loop of the connection but the work on large bodies.
 */
final class Exchange {
    /** From this size on, a body is transformed on a worker thread: about a millisecond of work. */
    private static final int LARGE_BODY = 256 << 10;

    /** A refused request whose body is at most this large is read to its end, so that its connection can be kept. */
    private static final int SMALL_REST = 64 << 10;

    /** How long the rest of a refused body is read, so that the client sees the answer and not a reset. */
    private static final long LINGER_MILLIS = 5_000;

    /** What a health check may answer: enough for every engine's, too little to carry records. */
    private static final int MOST_HEALTH_BYTES = 16 << 10;

    private final Services services;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Snapshot snapshot;
    private final AuditLog.Slot slot;
    private final Ledger ledger;
    private final Budget.Share memory;
    private final Upstream upstream;
    private Client client;
    private MatchedRoute match;
    private MessageContext context;
    private Collector collector;
    private long bodyTimer = -1;
    private boolean ended;

    Exchange(Services services, HttpServerRequest request, UpstreamTarget target) {
        this.services = services;
        this.request = request;
        response = request.response();
        snapshot = services.configurations().current().orElse(null);
        slot = services.audit().reserve();
        ledger = new Ledger(services.place(), snapshot, slot, services.metrics());
        memory = services.budget().share();
        upstream = new Upstream(this, target);
    }

    /** Takes the request up to where its body is awaited. */
    void begin() {
        response.closeHandler(closed -> clientGone());
        response.exceptionHandler(this::connectionFailed);
        RequestHead.traceId(request.headers()).ifPresent(ledger::traceId);
        Problem problem = unable();
        if (problem == null) {
            problem = RequestHead.framing(request);
        }
        if (problem != null) {
            refuse(problem);
            return;
        }
        Problem objection = admit();
        if (objection == null || !objected(objection)) {
            readBody();
        }
    }

    private Problem unable() {
        if (services.draining().get()) {
            return Problem.of(Reason.Draining).retryAfter(1);
        }
        if (snapshot == null) {
            return Problem.of(Reason.NotConfigured).retryAfter(1);
        }
        return slot == null && !snapshot.observes()
                ? Problem.of(Reason.AuditUnavailable).retryAfter(1)
                : null;
    }

    /** Route, identity, rights, limit, and what the head says of the body: the first objection, or {@code null}. */
    private Problem admit() {
        try {
            match = snapshot.messages()
                    .match(request.method().name(), request.uri())
                    .orElse(null);
        } catch (MalformedTargetException e) {
            return Problem.of(Reason.MalformedRequest, e.getMessage(), "routes");
        }
        if (match == null) {
            return Problem.of(Reason.UnknownRoute, null, "routes");
        }
        Route route = match.route();
        ledger.route(route);
        if (!route.operations().contains(Operation.Health)) {
            client = snapshot.identities().find(request.headers()).orElse(null);
            if (client == null) {
                return Problem.of(Reason.Unauthenticated);
            }
            ledger.client(client);
            Set<Operation> possible = Stream.concat(
                            route.operations().stream(),
                            route.elevations().stream().map(Route.Elevation::operation))
                    .collect(Collectors.toSet());
            if (client.operations().stream().noneMatch(possible::contains)) {
                return Problem.of(Reason.Forbidden, null, "clients.allow");
            }
            long wait = services.limits().ask(client);
            if (wait > 0) {
                return Problem.of(Reason.RateLimited, null, "clients.limits.requestsPerMinute")
                        .retryAfter(wait);
            }
        }
        return RequestHead.body(request, route, snapshot.config().bounds().requestBytes());
    }

    private void readBody() {
        collector = new Collector(snapshot.config().bounds().requestBytes(), memory);
        request.handler(this::onPiece);
        request.endHandler(end -> onBody());
        bodyTimer = vertx().setTimer(
                        services.timeouts().body().toMillis(), fired -> refuse(Problem.of(Reason.RequestTimeout)));
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            response.writeContinue();
        }
    }

    private void onPiece(Buffer piece) {
        if (ended) {
            return;
        }
        switch (collector.add(piece)) {
            case Yes -> ledger.in(piece.length());
            case OutOfMemory -> tooMuch(piece, Problem.of(Reason.Overloaded).retryAfter(1));
            case TooLarge -> tooMuch(piece, Problem.of(Reason.RequestTooLarge, null, "bounds"));
        }
    }

    /** While observing, a body that is too large to look at goes through unseen. */
    private void tooMuch(Buffer piece, Problem problem) {
        if (!objected(problem)) {
            cancelBodyTimer();
            request.pause();
            ledger.in(piece.length());
            upstream.pipe(request, Buffer.buffer(collector.bytes()).appendBuffer(piece));
        }
    }

    private void onBody() {
        cancelBodyTimer();
        if (ended) {
            return;
        }
        byte[] body = collector.bytes();
        if (match == null) {
            upstream.send(body);
            return;
        }
        context = MessageContext.of(match.variables(), client != null && client.opensSealedFields());
        transform(body.length, () -> edit(body), this::forward);
    }

    /**
     * What became of a request body.
     *
     * @param operations what the request turned out to be, any of them
     * @param forbidden why the client may not do that; {@code null} where it may
     * @param outcome {@code null} where it is forbidden and therefore nothing was done
     */
    private record Edited(List<Operation> operations, Problem forbidden, Outcome outcome) {}

    private Edited edit(byte[] body) {
        RequestReading reading = guard().read(body);
        Problem forbidden = forbidden(reading.operations());
        boolean stops = forbidden != null && !observes();
        return new Edited(reading.operations(), forbidden, stops ? null : reading.apply(context));
    }

    /** Whether the client may do what its request turned out to be; {@code null} where it may. */
    private Problem forbidden(List<Operation> operations) {
        Retrieval retrieval = snapshot.config().retrieval();
        if (operations.equals(List.of(Operation.Export))
                && (retrieval == null || retrieval.bulkExport() == Permission.Deny)) {
            return Problem.of(new Refusal(RefusalReason.BulkExport, "retrieval.bulkExport"));
        }
        boolean open = operations.contains(Operation.Health);
        // while observing nobody may be known, which was noted before
        boolean may = open || client == null || client.operations().stream().anyMatch(operations::contains);
        return may ? null : Problem.of(Reason.Forbidden, null, "clients.allow");
    }

    private void forward(Edited edited) {
        ledger.operation(edited.operations().stream()
                .filter(operation -> client != null && client.operations().contains(operation))
                .findFirst()
                .orElse(edited.operations().get(0)));
        if (edited.forbidden() != null && objected(edited.forbidden())) {
            return;
        }
        byte[] body = settle(edited.outcome());
        if (body != null) {
            upstream.send(body);
        }
    }

    /**
     * Takes note of what became of a message.
     *
     * @return the body to send on; {@code null} where it is refused, and then the exchange is over
     */
    byte[] settle(Outcome outcome) {
        ledger.findings().add(outcome.report());
        if (outcome instanceof Outcome.Refused refused) {
            refuse(Problem.of(refused.refusal()));
            return null;
        }
        if (outcome.report().observed() != null) {
            ledger.note(Problem.of(outcome.report().observed()));
        }
        return ((Outcome.Forward) outcome).body();
    }

    /** Does work on a body where it hurts nobody else; whatever goes wrong in it ends the exchange. */
    <T> void transform(int size, Callable<T> work, Consumer<T> then) {
        if (size < LARGE_BODY) {
            T result;
            try {
                result = work.call();
            } catch (Exception e) {
                failed(e);
                return;
            }
            then.accept(result);
        } else {
            vertx().executeBlocking(work, false)
                    .onSuccess(result -> {
                        if (!ended) {
                            then.accept(result);
                        }
                    })
                    .onFailure(this::failed);
        }
    }

    /** The message of an exception may quote a body: only its kind is told. */
    void failed(Throwable e) {
        System.getLogger(Exchange.class.getName())
                .log(
                        System.Logger.Level.ERROR,
                        "a message could not be transformed: {0}",
                        e.getClass().getName());
        refuse(Problem.of(Reason.InternalError));
    }

    /** Refuses while enforcing; while observing notes what would have been refused. Returns whether it refused. */
    boolean objected(Problem problem) {
        if (observes()) {
            ledger.note(problem);
            return false;
        }
        refuse(problem);
        return true;
    }

    /** Ends the exchange with an error, in the way that is left: an answer, or a broken connection. */
    void refuse(Problem problem) {
        if (ended) {
            return;
        }
        if (response.headWritten()) {
            breakOff(problem);
            return;
        }
        end();
        memory.close();
        byte[] body = problem.body(errorShape());
        ledger.out(body.length);
        ledger.refused(problem);
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.retryAfter() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter()));
        }
        if (problem.status() == 401) {
            response.putHeader("www-authenticate", snapshot.identities().challenge());
        }
        boolean unreadable =
                problem.is(Reason.MalformedRequest) || !request.decoderResult().isSuccess();
        long rest = unreadable ? -1 : RequestHead.length(request);
        boolean keep = request.isEnded() || rest >= 0 && rest <= SMALL_REST && !problem.is(Reason.RequestTimeout);
        if (keep && !services.draining().get()) {
            response.end(wrap(body));
        } else {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            boolean linger = !request.isEnded() && !unreadable && !problem.is(Reason.RequestTimeout);
            response.end(wrap(body)).onComplete(written -> closeConnection(linger));
        }
    }

    private void closeConnection(boolean linger) {
        if (linger && !request.isEnded()) {
            request.endHandler(drained -> request.connection().close());
            vertx().setTimer(LINGER_MILLIS, fired -> request.connection().close());
        } else {
            request.connection().close();
        }
    }

    /** Ends a streamed answer that has begun: an error event, and no last chunk, so that nobody takes it for whole. */
    private void breakOff(Problem problem) {
        end();
        memory.close();
        if (!observes()) {
            byte[] body = problem.body(errorShape());
            Buffer event = Buffer.buffer("data: ").appendBytes(body).appendString("\n\n");
            ledger.out(event.length());
            response.write(event);
        }
        ledger.refused(problem);
        request.connection().close();
    }

    /** The answer is complete: tells the audit, then the client. */
    void answer(int status, Buffer body) {
        if (!ended) {
            end();
            ledger.out(body.length());
            ledger.passed(status);
            if (services.draining().get()) {
                response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            response.end(body).onComplete(written -> memory.close());
        }
    }

    private void clientGone() {
        if (!ended) {
            end();
            memory.close();
            ledger.brokeOff(Reason.ClientGone);
        }
    }

    private void connectionFailed(Throwable failure) {
        // a chunk that cannot be parsed; where the connection is gone instead, nobody reads what is written here
        if (failure instanceof HttpClosedException || request.isEnded()) {
            clientGone();
        } else {
            refuse(Problem.of(Reason.MalformedRequest));
            // Vert.x closes the connection next, and has not flushed
            ((ConnectionBase) request.connection()).channelHandlerContext().flush();
        }
    }

    private void end() {
        ended = true;
        cancelBodyTimer();
        upstream.cancel();
    }

    private void cancelBodyTimer() {
        if (bodyTimer >= 0) {
            vertx().cancelTimer(bodyTimer);
            bodyTimer = -1;
        }
    }

    boolean observes() {
        return snapshot.observes();
    }

    boolean isEnded() {
        return ended;
    }

    HttpServerRequest request() {
        return request;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Services services() {
        return services;
    }

    Ledger ledger() {
        return ledger;
    }

    /** What is done to the messages of this exchange; {@code null} where no route matched and the guard observes. */
    RouteGuard guard() {
        return match == null ? null : snapshot.messages().guard(match);
    }

    /** What is known of the messages from outside of them; {@code null} before the request was read. */
    MessageContext context() {
        return context;
    }

    /** Whether the client proved a key of Redoubt's own. */
    boolean isKnown() {
        return client != null;
    }

    Collector answerCollector() {
        boolean health = match != null && match.route().operations().contains(Operation.Health);
        int most = snapshot.config().bounds().responseBytes();
        return new Collector(health ? Math.min(most, MOST_HEALTH_BYTES) : most, memory);
    }

    private Vertx vertx() {
        return services.vertx();
    }

    private ErrorShape errorShape() {
        return snapshot == null ? ErrorShape.Problem : snapshot.profile().errors();
    }

    /** Vert.x copies arrays that it is given; this does not. */
    static Buffer wrap(byte[] bytes) {
        return BufferImpl.buffer(Unpooled.wrappedBuffer(bytes));
    }
}
