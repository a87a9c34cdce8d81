package dev.redoubt.sidecar;

import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.wire.ContentCoding;
import dev.redoubt.wire.MessageContext;
import dev.redoubt.wire.Outcome;
import dev.redoubt.wire.RouteGuard;
import dev.redoubt.wire.json.JsonText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** The far side of an {@link Exchange}: what is sent to the application, and what becomes of its answer. */
final class Upstream {
    /** Status of an answer to whom nobody knows. */
    static final int UNAUTHORIZED = 401;

    private final Exchange exchange;
    private final UpstreamTarget target;
    private HttpClientRequest sent;
    private boolean cancelled;
    private boolean answered;
    private boolean retried;
    private Bytes question;
    private boolean complete;
    /** HTTP status of an answer that became another one; 0 where it has the application's. */
    private int status;

    private StreamedAnswer streamed;
    private StreamedCall streamedCall;

    Upstream(Exchange exchange, UpstreamTarget target) {
        this.exchange = exchange;
        this.target = target;
    }

    /** Sends the request with this body. */
    void send(byte[] body) {
        MultiMap headers = exchange.observes()
                ? observedRequestHeaders()
                : Headers.toTarget(exchange.request().headers(), body.length > 0 ? type() : null);
        if (exchange.isCall()) {
            Headers.call(exchange.request().headers(), headers);
        } else if (body.length > 0) {
            headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        }
        open(headers, out -> question = Bytes.send(body, out));
    }

    /** The media type of the body; where the client sent none, Elasticsearch wants that of the answer it accepts. */
    private String type() {
        String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
        String accepted = exchange.request().getHeader(HttpHeaders.ACCEPT);
        return MediaTypes.of(
                exchange.guard().route().request().encoding(),
                type == null ? Objects.requireNonNullElse(accepted, "") : type);
    }

    /** Opens a call whose messages come one by one. */
    void call(StreamedCall call) {
        streamedCall = call;
        MultiMap headers = exchange.observes()
                ? observedRequestHeaders()
                : Headers.toTarget(exchange.request().headers(), type());
        Headers.call(exchange.request().headers(), headers);
        open(headers, call::requests);
    }

    /** Edits one message of an answer that has several. */
    void editMessage(byte[] framed, Consumer<byte[]> then) {
        edit(
                new Received(framed, ContentCoding.Identity),
                context -> exchange.guard().response(framed, context),
                0,
                edited -> then.accept(exchange.observes() ? framed : edited));
    }

    /** The answer of a call whose messages were sent one by one is at its end. */
    void ended(HttpClientResponse in) {
        complete();
        call(in, new byte[0], true);
    }

    /** While observing: sends the request with what is there of its body, then the rest as it comes. */
    void pipe(HttpServerRequest request, Buffer first) {
        open(observedRequestHeaders(), out -> {
            out.setChunked(true);
            out.write(first);
            request.pipeTo(out);
        });
    }

    /** Lets go of the application: what it is still doing for this exchange is of no use. */
    void cancel() {
        cancelled = true;
        if (streamed != null) {
            streamed.close();
        }
        if (sent != null && !(complete && question != null && question.isTaken())) {
            sent.reset();
        }
    }

    private MultiMap observedRequestHeaders() {
        Admission admission = exchange.admission();
        return Headers.observed(
                exchange.request().headers(),
                admission.client() == null
                        ? List.of()
                        : admission.snapshot().profile().credentials());
    }

    private void open(MultiMap headers, Consumer<HttpClientRequest> body) {
        if (exchange.presented() != null) {
            exchange.presented().to(headers);
        }
        RequestOptions options = new RequestOptions()
                .setMethod(exchange.request().method())
                .setHost(target.host())
                .setPort(target.port())
                .setURI(exchange.target())
                .setHeaders(headers)
                // to Vert.x this is the wait for a free connection too; the attempt to connect has a bound of its own
                .setConnectTimeout(target.patience().toMillis())
                .setIdleTimeout(exchange.services().timeouts().upstream().toMillis());
        HttpClient client = exchange.isCall() ? target.grpc() : target.client();
        client.request(options).onFailure(this::notSent).onSuccess(out -> {
            sent = out;
            if (cancelled) {
                out.reset();
                return;
            }
            out.response().onSuccess(this::answered).onFailure(failure -> {
                if (isStaleConnection(failure)) {
                    retried = true;
                    open(headers, body);
                } else {
                    failed(failure);
                }
            });
            body.accept(out);
        });
    }

    /** A kept connection may be closed by the application just as a request goes out; a GET is safe to repeat. */
    private boolean isStaleConnection(Throwable failure) {
        return failure instanceof HttpClosedException
                && !retried
                && !cancelled
                && !answered
                && exchange.request().method() == HttpMethod.GET;
    }

    /** No connection was to be had: too many wait for one, or none can be opened. */
    private void notSent(Throwable failure) {
        boolean waited = failure instanceof TimeoutException || failure instanceof ConnectionPoolTooBusyException;
        end(Problem.of(waited ? Reason.Overloaded : Reason.UpstreamUnavailable).retryAfter(1));
    }

    private void failed(Throwable failure) {
        end(Problem.of(failure instanceof TimeoutException ? Reason.UpstreamTimeout : Reason.UpstreamFailed));
    }

    private void end(Problem problem) {
        if (!cancelled) {
            exchange.refuse(problem);
        }
    }

    private void answered(HttpClientResponse in) {
        answered = true;
        in.exceptionHandler(this::failed);
        if (cancelled) {
            return;
        }
        if (in.statusCode() == UNAUTHORIZED && isUnauthenticated()) {
            return;
        }
        Problem problem = unsupported(in);
        if (problem != null && exchange.objected(problem)) {
            return;
        }
        if (isStream(in)) {
            // llama.cpp's server closes the connection of a stream with its end and does not say so before: a request
            // that meets it in between would be lost. Vert.x reads the header when the answer ends.
            in.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (streamedCall != null) {
            streamedCall.answers(in);
        } else if (problem == null && isStream(in) && !isHeld()) {
            streamed = new StreamedAnswer(exchange, in, coding(in).orElseThrow(), this::complete);
            streamed.begin();
        } else if (problem != null && isStream(in)) {
            pass(in, Buffer.buffer());
        } else {
            collect(in, problem == null);
        }
    }

    /** The target does not know the guard. The client has nothing to do with it: its own key never came here. */
    private boolean isUnauthenticated() {
        return exchange.objected(Problem.of(Reason.UpstreamUnauthenticated));
    }

    /** Whether a stream waits for its end, because others judge its texts. While observing nobody has to wait. */
    private boolean isHeld() {
        return exchange.guard().judgesStreams() && !exchange.observes();
    }

    /** What the head of the answer says that the guard cannot check; {@code null} for nothing. */
    private Problem unsupported(HttpClientResponse in) {
        boolean readable = coding(in).isPresent();
        if (isStream(in)) {
            if (exchange.request().version() == HttpVersion.HTTP_1_0) {
                // its end is the end of the connection, so a stream that broke off would look complete
                return Problem.of(Reason.UnsupportedVersion);
            }
            return readable && mayStream() && isSuccess(in) ? null : Problem.of(Reason.ResponseUnsupported);
        }
        String type = in.getHeader(HttpHeaders.CONTENT_TYPE);
        if (readable && (type == null || MediaTypes.fits(isSuccess(in) ? expected() : Encoding.Json, type))) {
            return null;
        }
        return isSuccess(in)
                ? Problem.of(Reason.ResponseUnsupported)
                : Problem.of(Reason.ErrorReplaced).status(in.statusCode());
    }

    /** How a successful answer that is no stream is encoded; where it may have no body, what is refused is JSON too. */
    private Encoding expected() {
        if (exchange.isCall()) {
            return Encoding.Grpc;
        }
        MessageSpec response =
                exchange.context() == null ? null : exchange.guard().route().response();
        return response == null || response.encoding() == Encoding.None ? Encoding.Json : response.encoding();
    }

    private boolean mayStream() {
        return exchange.context() != null && exchange.guard().streams();
    }

    private boolean isStream(HttpClientResponse in) {
        String type = in.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null
                && (MediaTypes.isEvents(type)
                        || mayStream()
                                && MediaTypes.streams(
                                        exchange.guard().route().stream().encoding(), type));
    }

    private static Optional<ContentCoding> coding(HttpClientResponse in) {
        return ContentCoding.of(in.headers().getAll(HttpHeaders.CONTENT_ENCODING));
    }

    private void collect(HttpClientResponse in, boolean checked) {
        Collector collector = exchange.answerCollector();
        in.handler(piece -> {
            Collector.Added added = collector.add(piece);
            if (added != Collector.Added.Yes) {
                Reason reason = added == Collector.Added.TooLarge ? Reason.ResponseTooLarge : Reason.Overloaded;
                if (!exchange.objected(Problem.of(reason, null, "bounds"))) {
                    pass(in, Buffer.buffer(collector.bytes()).appendBuffer(piece));
                }
            }
        });
        in.endHandler(end -> {
            complete();
            if (!cancelled && exchange.isCall()) {
                call(in, collector.bytes(), checked);
            } else if (!cancelled) {
                transform(in, collector.bytes(), checked);
            }
        });
    }

    private void transform(HttpClientResponse in, byte[] body, boolean checked) {
        if (body.length == 0 || !checked || exchange.context() == null) {
            answer(in, body);
            return;
        }
        ContentCoding coding = coding(in).orElseThrow();
        Received received = new Received(body, coding);
        Problem problem = exchange.admitAnswer(received);
        if (problem != null) {
            if (!exchange.objected(problem)) {
                answer(in, body);
            }
            return;
        }
        RouteGuard guard = exchange.guard();
        Function<MessageContext, Outcome> edit = context -> {
            if (isStream(in)) {
                return guard.wholeStream(body, coding, context);
            }
            return isSuccess(in) ? guard.response(body, coding, context) : guard.error(body, coding, context);
        };
        int failed = isSuccess(in) ? 0 : in.statusCode();
        edit(received, edit, failed, edited -> answer(in, exchange.observes() ? body : edited));
    }

    /** @param failed HTTP status of an error, which is replaced where it cannot be checked; 0 for none */
    private void edit(Received received, Function<MessageContext, Outcome> edit, int failed, Consumer<byte[]> then) {
        new JudgedEdit<>(exchange, received, Reason.ResponseTooLarge.status(), edit, outcome -> outcome, outcome -> {
                    if (outcome instanceof Outcome.Refused && failed > 0) {
                        exchange.refuse(Problem.of(Reason.ErrorReplaced).status(failed));
                        return;
                    }
                    byte[] edited = exchange.settle(outcome);
                    if (edited != null) {
                        status = ((Outcome.Forward) outcome).status();
                        then.accept(edited);
                    }
                })
                .begin();
    }

    /** A call of gRPC has ended: with a message, or with an error whose text may echo what was sent. */
    private void call(HttpClientResponse in, byte[] body, boolean checked) {
        GrpcStatus status = GrpcStatus.of(in).orElse(null);
        if (status == null) {
            exchange.refuse(Problem.of(Reason.UpstreamFailed));
        } else if (status.code() == GrpcStatus.UNAUTHENTICATED && isUnauthenticated()) {
            return;
        } else if (!checked || exchange.context() == null || exchange.observes() && !status.isOk()) {
            end(in, status, body);
        } else if (status.isOk() && streamedCall != null) {
            end(in, status, body);
        } else if (status.isOk()) {
            Received received = new Received(body, ContentCoding.Identity);
            edit(received, context -> exchange.guard().response(body, context), 0, edited -> end(in, status, edited));
        } else {
            byte[] message = JsonText.encode(status.message().getBytes(StandardCharsets.UTF_8));
            edit(
                    new Received(message, ContentCoding.Identity),
                    context -> exchange.guard().error(message, context),
                    status.httpStatus(),
                    edited -> end(in, status.with(JsonText.decode(edited, 1, edited.length - 1)), new byte[0]));
        }
    }

    private void end(HttpClientResponse in, GrpcStatus status, byte[] body) {
        if (exchange.isEnded()) {
            return;
        }
        HttpServerResponse response = exchange.request().response();
        boolean begun = response.headWritten();
        if (!begun) {
            head(in);
        }
        // without a message headers and trailers are one
        status.write(begun || body.length > 0 ? response.trailers() : response.headers());
        exchange.answer(status.httpStatus(), body);
    }

    private void answer(HttpClientResponse in, byte[] body) {
        if (!exchange.isEnded()) {
            HttpServerResponse response = head(in);
            if (isStream(in)) {
                response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            }
            exchange.answer(response.getStatusCode(), body);
        }
    }

    /** While observing: hands on what is there of the answer, then the rest as it comes, unseen. */
    private void pass(HttpClientResponse in, Buffer first) {
        HttpServerResponse response = head(in);
        response.setChunked(exchange.request().version() == HttpVersion.HTTP_1_1);
        relay(in, response, first);
        in.handler(piece -> relay(in, response, piece));
        in.endHandler(end -> {
            complete();
            response.trailers().addAll(in.trailers());
            exchange.answer(in.statusCode(), new byte[0]);
        });
    }

    private void relay(HttpClientResponse in, HttpServerResponse response, Buffer piece) {
        exchange.ledger().out(piece.length());
        response.write(piece);
        if (response.writeQueueFull()) {
            in.pause();
            response.drainHandler(drained -> in.resume());
        }
    }

    private void complete() {
        complete = true;
    }

    private HttpServerResponse head(HttpClientResponse in) {
        HttpServerResponse response = exchange.request().response();
        response.setStatusCode(status == 0 ? in.statusCode() : status);
        response.headers()
                .addAll(
                        exchange.observes()
                                ? Headers.observed(in.headers(), List.of())
                                : Headers.toClient(in.headers()));
        return response;
    }

    static boolean isSuccess(HttpClientResponse in) {
        return in.statusCode() >= 200 && in.statusCode() < 300;
    }
}
