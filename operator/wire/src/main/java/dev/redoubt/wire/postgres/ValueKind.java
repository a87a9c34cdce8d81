package dev.redoubt.wire.postgres;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the values of a type are to the guard. OIDs of built-in types never change (PostgreSQL's pg_type.dat). */
public enum ValueKind {
    /** Neither text nor a number of interest: truth values, dates, times, UUIDs, OIDs. */
    Pass,
    /** Whole and decimal numbers, which are scanned because they may be somebody's number. */
    Int4,
    Int8,
    Numeric,
    /** A distance where the column is computed, else a number. */
    Float4,
    Float8,
    /** The same bytes in both formats. */
    Text,
    /** JSON behind one byte with a version in the binary format. */
    Jsonb,
    /** A stored vector. Arrays of floats and strings of bits are, too: that is what a vector can be turned into. */
    Vector,
    /** Bytes, which may be those of a text or of a vector. */
    Bytes,
    /** An array of any of those above. */
    Array,
    /** What cannot be checked in either format. */
    Opaque,
    /** Anything else: text in the text format, in the binary format not known. */
    Other;

    private static final Map<Integer, ValueKind> BUILT_IN = Stream.of(
                    kind(Pass, 16, 21, 26, 1082, 1083, 1266, 1114, 1184, 1186, 2950, 2278),
                    kind(Int4, 23),
                    kind(Int8, 20),
                    kind(Numeric, 1700),
                    kind(Float4, 700),
                    kind(Float8, 701),
                    kind(Text, 18, 19, 25, 114, 142, 705, 1042, 1043, 2275),
                    kind(Jsonb, 3802),
                    kind(Vector, 1021, 1022, 1231, 1560, 1561, 1562, 1563),
                    kind(Bytes, 17),
                    kind(Opaque, 1001),
                    kind(Array, 143, 199, 1000, 1002, 1003, 1005, 1007, 1009, 1014, 1015, 1016, 1028, 1115, 1182),
                    kind(Array, 1183, 1185, 1187, 2951, 3807))
            .flatMap(types -> types.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static Map<Integer, ValueKind> kind(ValueKind kind, Integer... types) {
        return Stream.of(types).collect(Collectors.toMap(type -> type, type -> kind));
    }

    /**
     * The kind of a type.
     *
     * @param vectors OIDs of pgvector's types and of arrays of them, which every database numbers anew
     */
    public static ValueKind of(int type, Set<Integer> vectors) {
        return vectors.contains(type) ? Vector : BUILT_IN.getOrDefault(type, Other);
    }
}
