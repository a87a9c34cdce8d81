package dev.redoubt.profiles;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What there is to know about one engine or model API, as data: a new engine is a new file.
 *
 * @param name the value of {@code engine} or {@code api} in a RagPipeline
 * @param kind store or model
 * @param credentials where a client's API key may ride, in the order they are looked at; all are removed before a
 *     request goes upstream
 * @param upstreamCredentials how the engine takes a credential that the guard presents in its place; empty where it takes
 *     none over HTTP
 * @param ports the ports that the engine listens on
 * @param takeover how it is moved to loopback
 * @param readiness the path that tells whether the engine is ready, asked by the guard on its first port; where it is
 *     that of gRPC's health protocol, by a call; {@code null} where that port speaks a protocol that tells so itself
 * @param errors the engine's own shape of an error
 * @param variables what the values of path variables must match as a whole, by name; a path with another value meets no
 *     route
 * @param schema messages of its gRPC routes; in the file its name in {@code schemas/}
 * @param routes everything it may be asked over HTTP; empty where no port speaks that
 */
public record Profile(
        String name,
        Kind kind,
        List<Credential> credentials,
        List<Credential> upstreamCredentials,
        List<Port> ports,
        Takeover takeover,
        String readiness,
        ErrorShape errors,
        Map<String, Pattern> variables,
        Schema schema,
        List<Route> routes) {
    public Profile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        credentials = List.copyOf(credentials);
        upstreamCredentials = upstreamCredentials == null ? List.of() : List.copyOf(upstreamCredentials);
        if (credentials.stream().anyMatch(Credential::user)) {
            throw new IllegalArgumentException("profile " + name + ": a client has an API key and no user name");
        }
        ports = List.copyOf(ports);
        Objects.requireNonNull(takeover, "takeover");
        Objects.requireNonNull(errors, "errors");
        variables = variables == null ? Map.of() : Map.copyOf(variables);
        schema = schema == null ? Schema.NONE : schema;
        routes = List.copyOf(routes);
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("profile " + name + " needs at least one port");
        }
        if (routes.isEmpty() == ports.stream().anyMatch(port -> port.protocol() == Protocol.Http)) {
            throw new IllegalArgumentException("profile " + name + " needs routes where a port speaks HTTP");
        }
        if ((readiness == null) == (ports.get(0).protocol() == Protocol.Http)) {
            throw new IllegalArgumentException("profile " + name + " needs a path for readiness where it is asked");
        }
        Set<String> names = new HashSet<>();
        for (Route route : routes) {
            if (!names.add(route.name())) {
                throw new IllegalArgumentException("profile " + name + " has two routes named " + route.name());
            }
        }
    }

    /** Of an engine in whose paths the variables may be anything. */
    public Profile(
            String name,
            Kind kind,
            List<Credential> credentials,
            List<Port> ports,
            Takeover takeover,
            String readiness,
            ErrorShape errors,
            Schema schema,
            List<Route> routes) {
        this(name, kind, credentials, List.of(), ports, takeover, readiness, errors, Map.of(), schema, routes);
    }

    /**
     * The form in which the engine takes a credential: the first with a user name where there is one, else the first
     * without.
     *
     * @param user whether there is a user name
     */
    public Optional<Credential> upstreamCredential(boolean user) {
        Optional<Credential> form =
                upstreamCredentials.stream().filter(each -> each.user() == user).findFirst();
        return form.isPresent() || !user ? form : upstreamCredential(false);
    }

    /** Whether any port speaks a protocol. */
    public boolean speaks(Protocol protocol) {
        return ports.stream().anyMatch(port -> port.protocol() == protocol);
    }

    /** Whether the profile is of a vector store or of a model API. */
    public enum Kind {
        VectorStore,
        Model
    }

    /**
     * A header that may carry an API key or a password; several may name one header with different schemes.
     *
     * @param header lower-case name
     * @param scheme authentication scheme before the key, such as {@code Bearer}; {@code null} for none
     * @param base64 whether the key is written in Base64 (RFC 4648)
     * @param user whether a user name and a colon stand before the key (RFC 7617, 2)
     */
    public record Credential(String header, String scheme, boolean base64, boolean user) {
        public Credential {
            Objects.requireNonNull(header, "header");
        }

        /** One whose key is written as it is. */
        public Credential(String header, String scheme) {
            this(header, scheme, false, false);
        }

        /**
         * The header's value.
         *
         * @param name user name; not looked at where the form has none
         * @param key API key or password
         */
        public String value(String name, String key) {
            String plain = user ? name + ":" + key : key;
            String written =
                    base64 ? Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)) : plain;
            return scheme == null ? written : scheme + " " + written;
        }
    }

    /**
     * A port of the engine.
     *
     * @param name name that takeover rules refer to; ports of one name speak one protocol in all profiles
     * @param number the engine's default port
     * @param flags command-line flags that change it, looked at in this order; {@code -c port} stands for a flag
     *     {@code -c} whose value is {@code port=} and the number
     * @param protocol what is spoken there; HTTP where nothing is said
     */
    public record Port(String name, int number, List<String> flags, Protocol protocol) {
        public Port {
            Objects.requireNonNull(name, "name");
            protocol = protocol == null ? Protocol.Http : protocol;
            flags = flags == null ? List.of() : List.copyOf(flags);
        }

        /** A port where HTTP is spoken. */
        public Port(String name, int number, List<String> flags) {
            this(name, number, flags, Protocol.Http);
        }
    }

    /** What is spoken on a port. */
    public enum Protocol {
        /** HTTP/1.1, by the routes of the profile. */
        Http,
        /** PostgreSQL's frontend/backend protocol 3, in TLS. */
        Postgres
    }

    /** The shape of an error body, so that official clients raise their ordinary exceptions. */
    public enum ErrorShape {
        /** RFC 9457 {@code application/problem+json}. */
        Problem,
        /** {@code {"error": code, "message": text}} with the problem's members beside them. */
        Chroma,
        /** {@code {"code", "message"}} with the problem's members beside them; in gRPC the status in an answer's message. */
        Milvus,
        /** {@code {"error": [{"message": text}]}} with the problem's members beside it. */
        Weaviate,
        /** {@code {"error": {"root_cause", "type", "reason"}, "status"}} with the problem's members beside them. */
        OpenSearch,
        /** {@code {"error": {"message", "type", "code", "param"}}} with the problem's members beside it. */
        OpenAi,
        /** {@code {"status": {"error": text}, "time": 0}} with the problem's members beside them, its status left out. */
        Qdrant,
        /** {@code {"error": text}} with the problem's members beside it. */
        Ollama,
        /**
         * {@code {"error": text, "error_type": kind}}, of some errors without the kind, with the problem's members beside
         * them.
         */
        Tgi
    }
}
