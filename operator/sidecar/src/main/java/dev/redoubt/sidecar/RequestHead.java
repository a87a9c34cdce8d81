package dev.redoubt.sidecar;

import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.Route;
import dev.redoubt.wire.ContentCoding;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request without its body, and what is checked of it before the body is read.
 *
 * @param method as it stands in the request line
 * @param target path and query as they stand in the request line
 * @param version HTTP version
 * @param headers all header fields
 */
record RequestHead(String method, String target, HttpVersion version, MultiMap headers) {
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final CharSequence TRACE = HttpHeaders.createOptimized("traceparent");
    private static final CharSequence WEBSOCKET_DRAFT = HttpHeaders.createOptimized("sec-websocket-key1");
    private static final String NO_TRACE = "0".repeat(32);

    static RequestHead of(HttpServerRequest request) {
        return new RequestHead(request.method().name(), request.uri(), request.version(), request.headers());
    }

    /**
     * Finds what two parsers may understand differently. Such a request is refused whatever the mode: it cannot be
     * passed on as it is.
     *
     * @return {@code null} where the request is sound
     */
    Problem framing() {
        List<String> transfer = all(HttpHeaders.TRANSFER_ENCODING);
        boolean badTransfer = !transfer.isEmpty()
                && (transfer.size() > 1
                        || !"chunked".equalsIgnoreCase(transfer.get(0))
                        || version == HttpVersion.HTTP_1_0
                        || headers.contains(HttpHeaders.CONTENT_LENGTH));
        int hosts = headers.getAll(HttpHeaders.HOST).size();
        boolean badHost = hosts > 1 || hosts == 0 && version == HttpVersion.HTTP_1_1;
        // HTTP/2 frames bodies itself: headers that frame them as well are for somebody behind (RFC 9113, 8.2.2)
        badTransfer |= isHttp2()
                && (!transfer.isEmpty() || headers.contains(HttpHeaders.CONNECTION) || headers.contains("upgrade"));
        boolean badTarget = !target.startsWith("/") || target.indexOf('#') >= 0;
        // Netty reads eight bytes of body after this header of a draft of WebSocket, others read none
        boolean hiddenBody = headers.contains(WEBSOCKET_DRAFT);
        if (badTransfer || badHost || badTarget || hiddenBody) {
            return Problem.of(Reason.MalformedRequest);
        }
        List<String> expect = all(HttpHeaders.EXPECT);
        if (!expect.isEmpty() && (expect.size() > 1 || !"100-continue".equalsIgnoreCase(expect.get(0)))) {
            return Problem.of(Reason.UnsupportedExpectation);
        }
        return null;
    }

    /** The target without its query. */
    String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    boolean isHttp2() {
        return version == HttpVersion.HTTP_2;
    }

    /** Whether it is a call of gRPC: errors are then told as gRPC tells them. */
    boolean isGrpc() {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        return isHttp2() && type != null && MediaTypes.isGrpc(type);
    }

    /** Whether the request's framing announces a body, even an empty one in chunks. */
    boolean announcesBody() {
        return length() != 0;
    }

    /**
     * Length of the body as announced; -1 where it comes in chunks, or as HTTP/2 needs no announcement: then of every
     * method that may have one; 0 where there is none.
     */
    long length() {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return Long.parseLong(length);
        }
        boolean unannounced = isHttp2() && !method.equals("GET") && !method.equals("HEAD") && !method.equals("DELETE");
        return unannounced || headers.contains(HttpHeaders.TRANSFER_ENCODING) ? -1 : 0;
    }

    /**
     * Checks what the head says of the body against what the route takes.
     *
     * @return {@code null} where it fits
     */
    Problem body(Route route, int mostBytes) {
        if (!announcesBody()) {
            return null;
        }
        if (route.request() == null || route.request().encoding() == Encoding.None) {
            return Problem.of(Reason.UnexpectedBody);
        }
        if (coding().isEmpty()) {
            return Problem.of(Reason.UnsupportedEncoding, "send the body without compression or with gzip", null);
        }
        Encoding encoding = route.request().encoding();
        if (encoding == Encoding.Grpc && !isHttp2()) {
            return Problem.of(Reason.UnsupportedVersion, "gRPC needs HTTP/2", null);
        }
        List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
        if (types.size() != 1 || !MediaTypes.fits(encoding, types.get(0))) {
            String wanted = "send " + MediaTypes.of(encoding) + " in UTF-8";
            return Problem.of(Reason.UnsupportedMediaType, wanted, null);
        }
        if (length() > mostBytes) {
            return Problem.of(Reason.RequestTooLarge, "at most " + mostBytes + " bytes are taken", "bounds");
        }
        return null;
    }

    /** What the body is encoded by; empty where it is something that is not read. */
    Optional<ContentCoding> coding() {
        if (isGrpc()) {
            // messages are compressed one by one, each with a mark, and the marks are looked at
            String encoding = headers.get("grpc-encoding");
            return encoding == null || encoding.equals("identity")
                    ? Optional.of(ContentCoding.Identity)
                    : Optional.empty();
        }
        return ContentCoding.of(all(HttpHeaders.CONTENT_ENCODING));
    }

    /** The values of a header; most are not there, which is cheaper to ask for. */
    private List<String> all(CharSequence name) {
        return headers.contains(name) ? headers.getAll(name) : List.of();
    }

    /** The trace id, where there is one valid {@code traceparent} (W3C Trace Context). */
    Optional<String> traceId() {
        List<String> values = all(TRACE);
        Matcher matcher = values.size() == 1 ? TRACEPARENT.matcher(values.get(0)) : null;
        return matcher != null && matcher.matches() && !NO_TRACE.equals(matcher.group(1))
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }
}
