package dev.redoubt.sidecar;

import dev.redoubt.profiles.Profile.Credential;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which headers cross the guard. */
final class Headers {
    private static final List<CharSequence> TO_TARGET =
            names("accept", "user-agent", "traceparent", "tracestate", "x-request-id");
    private static final List<CharSequence> TO_CLIENT = names(
            "content-type",
            "date",
            "cache-control",
            "retry-after",
            "x-request-id",
            "chroma-trace-id",
            "x-elastic-product");

    /** Headers that belong to one connection (RFC 9110, 7.6.1), and those that frame the message. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "content-length",
            "expect",
            "host");

    private static final Pattern TIMEOUT = Pattern.compile("[0-9]{1,8}[HMSmun]");

    private Headers() {}

    /** Names whose hashes are known. */
    private static List<CharSequence> names(String... names) {
        return Stream.of(names).map(HttpHeaders::createOptimized).toList();
    }

    /**
     * What the target is sent while the guard enforces: a few harmless headers, no credential among them. Over loopback
     * compression would only cost.
     *
     * @param type media type of the body; {@code null} where there is none
     */
    static MultiMap toTarget(MultiMap from, String type) {
        MultiMap to = some(from, TO_TARGET);
        to.set(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
        if (type != null) {
            to.set(HttpHeaders.CONTENT_TYPE, type);
        }
        return to;
    }

    /** What a call of gRPC sends beside: that trailers are understood, and how long it waits. */
    static void call(MultiMap from, MultiMap to) {
        to.set("te", "trailers");
        to.remove(HttpHeaders.ACCEPT_ENCODING);
        String timeout = from.get("grpc-timeout");
        if (timeout != null && TIMEOUT.matcher(timeout).matches()) {
            to.set("grpc-timeout", timeout);
        }
    }

    /** What the client is sent while the guard enforces. */
    static MultiMap toClient(MultiMap from) {
        return some(from, TO_CLIENT);
    }

    /**
     * What crosses while the guard only observes: everything but what belongs to the connection. The encoding stays
     * negotiable by nobody, so that bodies can be read.
     *
     * @param credentials headers that carry a key of Redoubt's own, which is none of the target's business
     */
    static MultiMap observed(MultiMap from, List<Credential> credentials) {
        Set<String> dropped = new HashSet<>(HOP_BY_HOP);
        dropped.add("accept-encoding");
        credentials.forEach(credential -> dropped.add(credential.header()));
        for (String connection : from.getAll(HttpHeaders.CONNECTION)) {
            for (String name : connection.split(",")) {
                dropped.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        MultiMap to = HttpHeaders.headers();
        for (Map.Entry<String, String> header : from) {
            if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        }
        return to;
    }

    private static MultiMap some(MultiMap from, List<CharSequence> names) {
        MultiMap to = HttpHeaders.headers();
        for (CharSequence name : names) {
            if (from.contains(name)) {
                to.set(name.toString(), from.getAll(name));
            }
        }
        return to;
    }
}
