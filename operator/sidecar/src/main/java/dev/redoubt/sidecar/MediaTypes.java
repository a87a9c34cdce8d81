package dev.redoubt.sidecar;

import dev.redoubt.profiles.MessageSpec.Encoding;
import java.util.Locale;
import java.util.regex.Pattern;

/** Media types of bodies, by how they are encoded. */
final class MediaTypes {
    private static final String UTF_8 = "\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?";

    /** Elasticsearch's own names for JSON and for lines, which tell the version of the API that the client speaks. */
    private static final String VENDOR = "application/vnd\\.elasticsearch\\+";

    private static final String VERSION =
            "\\s*;\\s*compatible-with\\s*=\\s*[0-9]{1,3}\\s*(;\\s*charset\\s*=\\s*utf-8\\s*)?";
    private static final Pattern VENDOR_JSON = Pattern.compile(VENDOR + "json" + VERSION);
    private static final Pattern VENDOR_LINES = Pattern.compile(VENDOR + "x-ndjson" + VERSION);
    /** As nearly everybody writes it. */
    private static final String PLAIN_JSON = "application/json";

    private static final Pattern JSON = Pattern.compile(PLAIN_JSON + UTF_8);
    private static final Pattern TEXT = Pattern.compile("text/plain" + UTF_8);
    private static final Pattern LINES =
            Pattern.compile("application/(x-)?(ndjson|jsonl|jsonlines|json-lines)" + UTF_8);

    private static final Pattern GRPC = Pattern.compile("application/grpc(\\+proto)?");

    private MediaTypes() {}

    /** Whether a media type is JSON in UTF-8. */
    static boolean isJson(String type) {
        return type.equals(PLAIN_JSON)
                || JSON.matcher(normal(type)).matches()
                || VENDOR_JSON.matcher(normal(type)).matches();
    }

    /** Whether a body of a media type may be encoded so. Clients of search engines call lines JSON, too. */
    static boolean fits(Encoding encoding, String type) {
        return switch (encoding) {
            case None -> false;
            case Json, GraphQl -> isJson(type);
            case Ndjson -> isLines(type) || isJson(type);
            case Sse -> isEvents(type);
            case Text -> TEXT.matcher(normal(type)).matches();
            case Grpc -> isGrpc(type);
        };
    }

    /** Whether a media type is gRPC with messages of Protocol Buffers. */
    static boolean isGrpc(String type) {
        return GRPC.matcher(normal(type)).matches();
    }

    /** Whether an answer of a media type may be a stream of that encoding. */
    static boolean streams(Encoding encoding, String type) {
        return encoding == Encoding.Ndjson ? isLines(type) : isEvents(type);
    }

    /** Whether a media type is one of streams and of nothing else. */
    static boolean isEvents(String type) {
        return normal(type).startsWith("text/event-stream");
    }

    /**
     * The media type of a request that the guard sends on. Elasticsearch wants the version that the client accepts in it.
     *
     * @param type the client's, one that fits
     */
    static String of(Encoding encoding, String type) {
        if (type.equals(PLAIN_JSON)) {
            return of(encoding);
        }
        boolean tells = VENDOR_JSON.matcher(normal(type)).matches()
                || VENDOR_LINES.matcher(normal(type)).matches();
        return tells ? normal(type) : of(encoding);
    }

    /** The media type of a body that the guard sends. */
    static String of(Encoding encoding) {
        return switch (encoding) {
            case Ndjson -> "application/x-ndjson";
            case Grpc -> "application/grpc";
            case None, Json, GraphQl, Sse, Text -> PLAIN_JSON;
        };
    }

    private static boolean isLines(String type) {
        return LINES.matcher(normal(type)).matches()
                || VENDOR_LINES.matcher(normal(type)).matches();
    }

    private static String normal(String type) {
        return type.trim().toLowerCase(Locale.ROOT);
    }
}
