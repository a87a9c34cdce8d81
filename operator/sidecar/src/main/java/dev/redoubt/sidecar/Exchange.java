package dev.redoubt.sidecar;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profile.ErrorShape;
import dev.redoubt.wire.ContentCoding;
import dev.redoubt.wire.MessageContext;
import dev.redoubt.wire.Outcome;
import dev.redoubt.wire.RequestReading;
import dev.redoubt.wire.RouteGuard;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * One request and its answer: {@link Admission}, body, then {@link Upstream}. All of it runs on the event loop of the
 * connection but the work on large bodies.
 */
final class Exchange {
    /** From this size on, a body is transformed on a worker thread: about a millisecond of work. */
    private static final int LARGE_BODY = 256 << 10;

    /** Error code of HTTP/2 (RFC 9113, 7). */
    private static final long INTERNAL_ERROR = 2;

    private final Services services;
    private final HttpServerRequest request;
    private final RequestHead head;
    private final HttpServerResponse response;
    private final Snapshot snapshot;
    private final AuditLog.Slot slot;
    private final Ledger ledger;
    private final BodyBounds bodies;
    private final Upstream upstream;
    private final Deadlines bodyTimes;
    private Admission admission;
    private MessageContext context;
    private Collector collector;
    private Deadlines.Deadline bodyEnd;
    private String target;
    private boolean ended;

    /** @param bodyTimes bounds the time that the request's body takes */
    Exchange(Services services, HttpServerRequest request, UpstreamTarget target, Deadlines bodyTimes) {
        this.services = services;
        this.bodyTimes = bodyTimes;
        this.request = request;
        head = RequestHead.of(request);
        this.target = head.target();
        response = request.response();
        snapshot = services.configurations().current().orElse(null);
        slot = services.audit().reserve();
        ledger = new Ledger(services.place(), snapshot, slot, services.metrics());
        bodies = new BodyBounds(
                services.budget(), snapshot == null ? null : snapshot.config().bounds());
        upstream = new Upstream(this, target);
    }

    /** Takes the request up to where its body is awaited. */
    void begin() {
        response.closeHandler(closed -> clientGone());
        response.exceptionHandler(this::connectionFailed);
        head.traceId().ifPresent(ledger::traceId);
        Problem problem = unable();
        if (problem == null) {
            problem = head.framing();
        }
        if (problem != null) {
            refuse(problem);
            return;
        }
        admission = Admission.of(head, snapshot, services.limits(), bodies.mostOfRequest());
        ledger.admission(admission);
        if (admission.client() != null && admission.client().leakageTest()) {
            // a verdict is about one configuration, and the test cannot know which one answers while pods are replaced
            response.putHeader(GuardConfig.REVISION_HEADER, snapshot.revision());
        }
        if (admission.objection() != null && objected(admission.objection())) {
            return;
        }
        if (admission.matched() != null && admission.matched().route().streaming() && isCall()) {
            context = admission.context();
            request.pause();
            upstream.call(new StreamedCall(this, upstream));
        } else {
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

    private void readBody() {
        collector = bodies.requestCollector();
        request.handler(this::onPiece);
        request.endHandler(end -> onBody());
        bodyEnd = bodyTimes.begin(() -> refuse(Problem.of(Reason.RequestTimeout)));
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
            cancelBodyEnd();
            request.pause();
            ledger.in(piece.length());
            upstream.pipe(request, Buffer.buffer(collector.bytes()).appendBuffer(piece));
        }
    }

    private void onBody() {
        cancelBodyEnd();
        if (ended) {
            return;
        }
        byte[] body = collector.bytes();
        if (head.length() > 0 && head.length() != body.length) {
            // HTTP/1.1 is cut by its length; HTTP/2 is not, and somebody behind might believe the length
            refuse(Problem.of(Reason.MalformedRequest));
            return;
        }
        if (admission.matched() == null) {
            upstream.send(body);
            return;
        }
        context = admission.context();
        Received received = new Received(body, head.coding().orElse(ContentCoding.Identity));
        Problem problem = bodies.admitRequest(received);
        if (problem == null) {
            edit(received, upstream::send);
        } else if (!objected(problem)) {
            upstream.send(body);
        }
    }

    /** Edits one message of a call that has several. */
    void editMessage(byte[] framed, Consumer<byte[]> then) {
        edit(new Received(framed, ContentCoding.Identity), then);
    }

    private void edit(Received received, Consumer<byte[]> then) {
        new JudgedEdit<>(
                        this,
                        received,
                        Reason.RecognizerLimit.status(),
                        judged -> edit(received, judged),
                        Edited::outcome,
                        edited -> forward(received, edited, then))
                .begin();
    }

    /**
     * What became of a request body.
     *
     * @param operations what the request turned out to be, any of them
     * @param forbidden why the client may not do that; {@code null} where it may
     * @param query what became of the target's query; {@code null} where it is forbidden and therefore nothing was done
     * @param outcome what became of the body; {@code null} where that is known already
     * @param answered what is known of the answer
     */
    private record Edited(
            List<Operation> operations, Problem forbidden, Outcome query, Outcome outcome, MessageContext answered) {}

    private Edited edit(Received received, MessageContext judged) {
        RequestReading reading = guard().read(admission.matched().parameters(), received.bytes(), received.coding());
        Problem forbidden = admission.forbidden(reading.operations());
        boolean stops = forbidden != null && !observes();
        Outcome query = stops ? null : reading.query(judged);
        Outcome body = query instanceof Outcome.Forward ? reading.apply(judged) : null;
        return new Edited(reading.operations(), forbidden, query, body, reading.answered(context));
    }

    private void forward(Received received, Edited edited, Consumer<byte[]> then) {
        ledger.operation(admission.used(edited.operations()));
        if (edited.forbidden() != null && objected(edited.forbidden())) {
            return;
        }
        byte[] query = settle(edited.query());
        byte[] body = query == null ? null : settle(edited.outcome());
        if (body == null) {
            return;
        }
        context = edited.answered();
        if (observes()) {
            then.accept(received.bytes());
        } else {
            target = head.path() + (query.length == 0 ? "" : "?" + new String(query, StandardCharsets.US_ASCII));
            then.accept(body);
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
        end();
        bodies.close();
        if (response.headWritten()) {
            breakOff(problem);
            return;
        }
        ledger.refused(problem);
        if (head.isGrpc()) {
            ErrorAnswer answer = new ErrorAnswer(vertx(), request, problem);
            errorMessage(problem).ifPresentOrElse(answer::sendMessage, answer::sendStatus);
            return;
        }
        String challenge = snapshot == null ? null : snapshot.identities().challenge();
        byte[] body = problem.body(errorShape());
        ledger.out(body.length);
        new ErrorAnswer(vertx(), request, problem)
                .send(errorShape(), body, challenge, services.draining().get());
    }

    /** The message that tells a call of the problem, where its engine and its route have one. */
    private Optional<byte[]> errorMessage(Problem problem) {
        boolean isKnown = admission != null && admission.matched() != null;
        return isKnown
                ? problem.message(
                        errorShape(), admission.matched().route().response().type())
                : Optional.empty();
    }

    /** Ends a streamed answer that has begun: an error, and no last chunk, so that nobody takes it for whole. */
    private void breakOff(Problem problem) {
        if (isCall()) {
            ledger.refused(problem);
            new ErrorAnswer(vertx(), request, problem).endCall();
            return;
        }
        if (!observes()) {
            boolean lines = guard().route().stream().encoding() == Encoding.Ndjson;
            Buffer event = Buffer.buffer(lines ? "" : "data: ")
                    .appendBytes(problem.body(errorShape()))
                    .appendString(lines ? "\n" : "\n\n");
            ledger.out(event.length());
            response.write(event);
        }
        ledger.refused(problem);
        if (head.isHttp2()) {
            response.reset(INTERNAL_ERROR);
        } else {
            request.connection().close();
        }
    }

    /** The answer is complete: tells the audit, then the client. */
    void answer(int status, byte[] body) {
        if (ended) {
            return;
        }
        end();
        ledger.out(body.length);
        ledger.passed(status);
        if (!response.headWritten() && !head.isGrpc()) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
            if (services.draining().get() && !head.isHttp2()) {
                response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        }
        Bytes.send(body, response).written().onComplete(written -> bodies.close());
    }

    private void clientGone() {
        if (!ended) {
            end();
            bodies.close();
            ledger.brokeOff(Reason.ClientGone);
        }
    }

    private void connectionFailed(Throwable failure) {
        // a chunk that cannot be parsed; where the connection is gone instead, nobody reads what is written here
        if (failure instanceof HttpClosedException || failure instanceof StreamResetException || request.isEnded()) {
            clientGone();
        } else {
            refuse(Problem.of(Reason.MalformedRequest));
            // Vert.x closes the connection next, and has not flushed
            ((ConnectionBase) request.connection()).channelHandlerContext().flush();
        }
    }

    private void end() {
        ended = true;
        cancelBodyEnd();
        upstream.cancel();
    }

    private void cancelBodyEnd() {
        if (bodyEnd != null) {
            bodyEnd.cancel();
            bodyEnd = null;
        }
    }

    boolean observes() {
        return snapshot.observes();
    }

    /** Takes memory for as many bytes more; false where there is none. */
    boolean takes(int bytes) {
        return bodies.take(bytes);
    }

    /** Gives memory for as many bytes back. */
    void gives(int bytes) {
        bodies.give(bytes);
    }

    /** The largest message of a request in bytes. */
    int mostOfRequest() {
        return bodies.mostOfRequest();
    }

    /** The largest message of an answer in bytes. */
    int mostOfAnswer() {
        return bodies.mostOfAnswer(false);
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether it is a call of gRPC. */
    boolean isCall() {
        return head.isGrpc();
    }

    HttpServerRequest request() {
        return request;
    }

    /**
     * What the guard presents to the application; {@code null} for nothing. While observing whoever is not known to the
     * guard is not to be known to the application by the guard's credential.
     */
    PresentedCredential presented() {
        return observes() && admission.client() == null ? null : snapshot.credential();
    }

    /** Path and query that the application is asked for. */
    String target() {
        return target;
    }

    Services services() {
        return services;
    }

    Ledger ledger() {
        return ledger;
    }

    Admission admission() {
        return admission;
    }

    /** What is done to the messages of this exchange. */
    RouteGuard guard() {
        return admission.guard();
    }

    /** What is known of the messages from outside of them; {@code null} where the request was not looked at. */
    MessageContext context() {
        return context;
    }

    Collector answerCollector() {
        return bodies.answerCollector(admission.isHealth());
    }

    /** Takes room for what an answer decodes to; tells why there is none. */
    Problem admitAnswer(Received answer) {
        return bodies.admitAnswer(answer, admission.isHealth());
    }

    private Vertx vertx() {
        return services.vertx();
    }

    private ErrorShape errorShape() {
        return snapshot == null ? ErrorShape.Problem : snapshot.profile().errors();
    }
}
