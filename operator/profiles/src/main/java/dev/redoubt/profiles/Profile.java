package dev.redoubt.profiles;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What there is to know about one engine or model API, as data: a new engine is a new file.
 *
 * @param name the value of {@code engine} or {@code api} in a RagPipeline
 * @param kind store or model
 * @param credentials where a client's API key may ride, in the order they are looked at; all are removed before a
 *     request goes upstream
 * @param ports the ports that the engine listens on
 * @param takeover how it is moved to loopback
 * @param readiness the path that tells whether the engine is ready, asked by the guard on its first port
 * @param errors the engine's own shape of an error
 * @param schema messages of its gRPC routes; in the file its name in {@code schemas/}
 * @param routes everything it may be asked
 */
public record Profile(
        String name,
        Kind kind,
        List<Credential> credentials,
        List<Port> ports,
        Takeover takeover,
        String readiness,
        ErrorShape errors,
        Schema schema,
        List<Route> routes) {
    public Profile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        credentials = List.copyOf(credentials);
        ports = List.copyOf(ports);
        Objects.requireNonNull(takeover, "takeover");
        Objects.requireNonNull(readiness, "readiness");
        Objects.requireNonNull(errors, "errors");
        schema = schema == null ? Schema.NONE : schema;
        routes = List.copyOf(routes);
        if (ports.isEmpty() || routes.isEmpty()) {
            throw new IllegalArgumentException("profile " + name + " needs at least one port and one route");
        }
        Set<String> names = new HashSet<>();
        for (Route route : routes) {
            if (!names.add(route.name())) {
                throw new IllegalArgumentException("profile " + name + " has two routes named " + route.name());
            }
        }
    }

    /** Whether the profile is of a vector store or of a model API. */
    public enum Kind {
        VectorStore,
        Model
    }

    /**
     * A header that carries the API key.
     *
     * @param header lower-case name
     * @param scheme authentication scheme before the key, such as {@code Bearer}; {@code null} for none
     */
    public record Credential(String header, String scheme) {
        public Credential {
            Objects.requireNonNull(header, "header");
        }
    }

    /**
     * A port of the engine.
     *
     * @param name name that takeover rules refer to
     * @param number the engine's default port
     * @param flags command-line flags that change it, looked at in this order
     */
    public record Port(String name, int number, List<String> flags) {
        public Port {
            Objects.requireNonNull(name, "name");
            flags = flags == null ? List.of() : List.copyOf(flags);
        }
    }

    /** The shape of an error body, so that official clients raise their ordinary exceptions. */
    public enum ErrorShape {
        /** RFC 9457 {@code application/problem+json}. */
        Problem,
        /** {@code {"error": code, "message": text}} with the problem's members beside them. */
        Chroma,
        /** {@code {"error": [{"message": text}]}} with the problem's members beside it. */
        Weaviate,
        /** {@code {"error": {"message", "type", "code", "param"}}} with the problem's members beside it. */
        OpenAi,
        /** {@code {"error": text}} with the problem's members beside it. */
        Ollama,
        /**
         * {@code {"error": text, "error_type": kind}}, of some errors without the kind, with the problem's members beside
         * them.
         */
        Tgi
    }
}
