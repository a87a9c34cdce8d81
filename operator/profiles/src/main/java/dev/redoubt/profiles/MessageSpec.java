package dev.redoubt.profiles;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * The shape of a request or response body.
 *
 * @param stage the stage of its texts; {@code null} where it has none
 * @param encoding how the body is encoded
 * @param type name of the message in the profile's schema; only with {@link Encoding#Grpc}
 * @param values the values of interest; the first spec that matches a path wins
 * @param others what happens to values that no spec matches
 * @param optional whether there may be no body at all
 * @param pairs for {@link Encoding#Ndjson}: the kinds of pairs that the lines come in, and then {@code values} is empty;
 *     empty where every line is of the same kind
 * @param again places where a part of the message stands once more, in itself or elsewhere
 */
public record MessageSpec(
        Stage stage,
        Encoding encoding,
        String type,
        List<ValueSpec> values,
        Others others,
        boolean optional,
        List<LinePair> pairs,
        List<Again> again) {
    public MessageSpec {
        encoding = encoding == null ? Encoding.Json : encoding;
        values = values == null ? List.of() : List.copyOf(values);
        others = others == null ? Others.Redact : others;
        pairs = pairs == null ? List.of() : List.copyOf(pairs);
        again = again == null ? List.of() : List.copyOf(again);
        if ((encoding == Encoding.Grpc) != (type != null)) {
            throw new IllegalArgumentException("a message of gRPC has a type, and nothing else has one");
        }
        if (!pairs.isEmpty() && (encoding != Encoding.Ndjson || !values.isEmpty())) {
            throw new IllegalArgumentException("pairs are for lines, and name the values themselves");
        }
    }

    /** A body that is no message of gRPC, must be there and does not come in pairs. */
    public MessageSpec(Stage stage, Encoding encoding, List<ValueSpec> values, Others others) {
        this(stage, encoding, null, values, others);
    }

    /** A body that must be there and does not come in pairs. */
    public MessageSpec(Stage stage, Encoding encoding, String type, List<ValueSpec> values, Others others) {
        this(stage, encoding, type, values, others, false, List.of(), List.of());
    }

    /** Reads a spec as a profile writes it: values may stand in groups. */
    @JsonCreator
    static MessageSpec of(
            @JsonProperty("stage") Stage stage,
            @JsonProperty("encoding") Encoding encoding,
            @JsonProperty("type") String type,
            @JsonProperty("values") List<ValueEntry> values,
            @JsonProperty("others") Others others,
            @JsonProperty("optional") boolean optional,
            @JsonProperty("pairs") List<LinePair> pairs,
            @JsonProperty("again") List<Again> again) {
        List<ValueSpec> specs = values == null
                ? List.of()
                : values.stream().flatMap(entry -> entry.specs("")).toList();
        return new MessageSpec(stage, encoding, type, specs, others, optional, pairs, again);
    }

    /** The same message with other values, as a document of its own. */
    public MessageSpec with(List<ValueSpec> other) {
        return new MessageSpec(stage, Encoding.Json, null, other, others, false, List.of(), again);
    }

    /**
     * That a part of a message stands once more: the specs of everything below {@code of} hold below {@code at} too. So a
     * language whose sentences hold sentences is described by its words.
     *
     * @param at a path
     * @param of another path, with which the paths of those specs begin, step by step
     */
    public record Again(String at, String of) {
        public Again {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(of, "of");
        }
    }

    /** How a body is encoded. */
    public enum Encoding {
        /** No body is allowed. */
        None,
        /** One JSON value. */
        Json,
        /** Plain text in UTF-8, redacted as one text; of answers alone. */
        Text,
        /**
         * Lines of JSON (NDJSON, JSON lines), each a value of its own to which all specs apply: paths begin in each line.
         * A limit that may have to be set stands in a request of lines only where they come in pairs.
         */
        Ndjson,
        /** Server-sent events whose data are JSON values, with a closing {@code [DONE]}. */
        Sse,
        /**
         * A request of GraphQL in JSON. Paths are of the fields that it asks for, whatever it calls them, and lead by
         * {@code $} into their arguments. The answer is JSON whose paths have the fields' own names.
         */
        GraphQl,
        /** A message of Protocol Buffers in the frame of gRPC, looked at as its {@link Schema} says. */
        Grpc
    }

    /** What happens to values that no {@link ValueSpec} matches. */
    public enum Others {
        /**
         * A scalar other than null, at any depth, that no spec matches refuses the message (400 for a request, 502 for a
         * response), and so does an empty object or array where no path leads.
         */
        Refuse,
        /** Strings are redacted at the message's stage, everything else is copied. */
        Redact,
        /** Copied as they are; only for bodies that cannot carry records or text of people. */
        Pass
    }
}
