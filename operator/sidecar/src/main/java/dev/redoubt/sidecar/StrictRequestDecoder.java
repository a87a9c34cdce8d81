package dev.redoubt.sidecar;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;

/**
 * Vert.x's request decoder without Netty's two leniencies that smuggling is made of: a message with both
 * {@code Transfer-Encoding} and {@code Content-Length}, where Netty drops the length, and obsolete line folding
 * (RFC 9112, 5.2), which Netty unfolds. Both become invalid messages here, answered with 400.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    private boolean inHead = true;
    private boolean requestLineRead;
    private boolean bad;

    StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** The request is of a version of HTTP that is not spoken here. */
    static final class UnsupportedVersionException extends RuntimeException {
        UnsupportedVersionException() {
            super("neither HTTP/1.0 nor HTTP/1.1", null, false, false);
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Transfer-Encoding and Content-Length in one message");
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        HttpMessage message = super.createMessage(initialLine);
        HttpVersion version = message.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw new UnsupportedVersionException();
        }
        requestLineRead = true;
        return message;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (bad) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        if (inHead && folds(buffer)) {
            bad = true;
            buffer.skipBytes(buffer.readableBytes());
            out.add(folded());
            return;
        }
        int before = out.size();
        super.decode(context, buffer, out);
        for (Object message : out.subList(before, out.size())) {
            if (message instanceof LastHttpContent) {
                inHead = true;
                requestLineRead = false;
            } else if (message instanceof HttpMessage) {
                inHead = false;
            }
        }
    }

    private static HttpMessage folded() {
        DefaultHttpRequest request = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request", HeadersMultiMap.httpHeaders());
        request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("obsolete line folding")));
        return request;
    }

    /** Whether a header line in what is there of the head begins with white space. Netty consumes whole lines only. */
    private boolean folds(ByteBuf buffer) {
        int end = buffer.writerIndex();
        int position = buffer.readerIndex();
        if (!requestLineRead) {
            while (position < end && buffer.getUnsignedByte(position) <= ' ') {
                position++;
            }
            position = nextLine(buffer, position, end);
        }
        while (position >= 0 && position < end) {
            byte first = buffer.getByte(position);
            if (first == ' ' || first == '\t') {
                return true;
            }
            if (first == '\r' || first == '\n') {
                return false;
            }
            position = nextLine(buffer, position, end);
        }
        return false;
    }

    private static int nextLine(ByteBuf buffer, int from, int end) {
        int lineFeed = buffer.indexOf(from, end, (byte) '\n');
        return lineFeed < 0 ? -1 : lineFeed + 1;
    }
}
