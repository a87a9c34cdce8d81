package dev.redoubt.sidecar;

import dev.redoubt.wire.Refusal;
import dev.redoubt.wire.RefusalReason;
import dev.redoubt.wire.frame.FrameFault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/** A call of gRPC with any number of messages each way, each checked and edited as it comes. */
final class StreamedCall {
    private final Exchange exchange;
    private final Upstream upstream;
    private boolean first = true;

    StreamedCall(Exchange exchange, Upstream upstream) {
        this.exchange = exchange;
        this.upstream = upstream;
    }

    /** The application is connected: what the client sends goes there. */
    void requests(HttpClientRequest out) {
        out.setChunked(true).sendHead();
        new MessagePump(exchange.request(), out, exchange.mostOfRequest(), new Side(RefusalReason.MalformedBody) {
                    @Override
                    public boolean takes(Buffer piece) {
                        exchange.ledger().in(piece.length());
                        return super.takes(piece);
                    }

                    @Override
                    public void edit(byte[] framed, Consumer<byte[]> then) {
                        Problem problem = first
                                ? null
                                : exchange.admission().again(exchange.services().limits());
                        first = false;
                        if (problem == null || !exchange.objected(problem)) {
                            exchange.editMessage(framed, then);
                        }
                    }

                    @Override
                    public void end() {
                        out.end();
                    }
                })
                .begin();
        exchange.request().resume();
    }

    /** The application answers. */
    void answers(HttpClientResponse in) {
        HttpServerResponse response = exchange.request().response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, in.getHeader(HttpHeaders.CONTENT_TYPE));
        new MessagePump(in, response, exchange.mostOfAnswer(), new Side(RefusalReason.MalformedResponse) {
                    @Override
                    public void edit(byte[] framed, Consumer<byte[]> then) {
                        upstream.editMessage(framed, then);
                    }

                    @Override
                    public void sent(int taken, int bytes) {
                        super.sent(taken, bytes);
                        exchange.ledger().out(bytes);
                    }

                    @Override
                    public void end() {
                        upstream.ended(in);
                    }
                })
                .begin();
    }

    /** What is alike in both directions. */
    private abstract class Side implements MessagePump.Side {
        private final RefusalReason fault;

        Side(RefusalReason fault) {
            this.fault = fault;
        }

        @Override
        public boolean takes(Buffer piece) {
            if (exchange.isEnded()) {
                return false;
            }
            if (!exchange.takes(piece.length())) {
                exchange.refuse(Problem.of(Reason.Overloaded).retryAfter(1));
                return false;
            }
            return true;
        }

        @Override
        public void sent(int taken, int bytes) {
            exchange.gives(taken);
        }

        @Override
        public void broken(FrameFault e) {
            exchange.refuse(Problem.of(new Refusal(fault, e.getMessage())));
        }
    }
}
