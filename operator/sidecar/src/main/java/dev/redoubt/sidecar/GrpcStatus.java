package dev.redoubt.sidecar;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a call of gRPC ended.
 *
 * <p>Source: gRPC over HTTP2, section Responses; the codes are those of gRPC's document on status codes.
 *
 * @param code 0 for a call that went well
 * @param message for people, decoded; empty where there is none
 */
record GrpcStatus(int code, String message) {
    static final GrpcStatus OK = new GrpcStatus(0, "");

    static final int UNIMPLEMENTED = 12;

    private static final String CODE = "grpc-status";
    private static final String MESSAGE = "grpc-message";
    private static final int CANCELLED = 1;
    private static final int INVALID_ARGUMENT = 3;
    private static final int DEADLINE_EXCEEDED = 4;
    private static final int NOT_FOUND = 5;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    static final int UNAUTHENTICATED = 16;

    /** The status that tells of a problem. */
    static GrpcStatus of(Problem problem) {
        int code =
                switch (problem.status()) {
                    case 401 -> UNAUTHENTICATED;
                    case 403 -> PERMISSION_DENIED;
                    case 404 -> NOT_FOUND;
                    case 408, 504 -> DEADLINE_EXCEEDED;
                    case 413, 429, 431 -> RESOURCE_EXHAUSTED;
                    case 415, 505 -> UNIMPLEMENTED;
                    case 499 -> CANCELLED;
                    case 503 -> UNAVAILABLE;
                    default -> problem.status() < 500 ? INVALID_ARGUMENT : INTERNAL;
                };
        return new GrpcStatus(code, problem.message());
    }

    /** The status of a call whose answer is complete; empty where it has none, and then the call failed. */
    static Optional<GrpcStatus> of(HttpClientResponse in) {
        MultiMap from = in.trailers().contains(CODE) ? in.trailers() : in.headers();
        String code = from.get(CODE);
        if (code == null || !code.matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        String message = from.get(MESSAGE);
        return Optional.of(new GrpcStatus(Integer.parseInt(code), message == null ? "" : decode(message)));
    }

    /** The same code with another message. */
    GrpcStatus with(byte[] utf8) {
        return new GrpcStatus(code, new String(utf8, StandardCharsets.UTF_8));
    }

    boolean isOk() {
        return code == 0;
    }

    /** The HTTP status that says about the same, for the audit. */
    int httpStatus() {
        return switch (code) {
            case 0 -> 200;
            case CANCELLED -> 499;
            case DEADLINE_EXCEEDED -> 504;
            case NOT_FOUND -> 404;
            case PERMISSION_DENIED -> 403;
            case RESOURCE_EXHAUSTED -> 429;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case UNAUTHENTICATED -> 401;
            case INTERNAL -> 500;
            default -> code == INVALID_ARGUMENT ? 400 : 500;
        };
    }

    /** Writes it to headers or trailers. */
    void write(MultiMap to) {
        to.set(CODE, Integer.toString(code));
        if (!message.isEmpty()) {
            to.set(MESSAGE, encode(message));
        }
    }

    /** Percent encoding of everything but printable ASCII. */
    private static String encode(String message) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append("%%%02X".formatted(b));
            }
        }
        return encoded.toString();
    }

    /** What is no percent encoding stays as it is. */
    private static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
            int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
            if (c == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
