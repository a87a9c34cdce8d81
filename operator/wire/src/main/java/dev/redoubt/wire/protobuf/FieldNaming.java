package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.json.NameHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a message tells to which record field belongs what is in it: by a text of its own, looked up when it begins; and how
 * a filter tells that it compares for equality, by a number beside it.
 *
 * @param texts where the text stands: the first that is there counts, of several in a list the last
 * @param operator hash of the name of the number; 0 where every comparison is one for equality
 * @param equalities numbers that mean equality, or a list of what may be equal
 */
public record FieldNaming(List<Text> texts, long operator, Set<Long> equalities) {
    /** Nothing is told. */
    public static final FieldNaming NONE = new FieldNaming(List.of(), 0, Set.of());

    /** Texts are looked for in messages within messages as deep as this. */
    private static final int DEEPEST = 8;

    public FieldNaming {
        texts = List.copyOf(texts);
        equalities = Set.copyOf(equalities);
    }

    /**
     * Where a text stands.
     *
     * @param member hash of the name of a member: of the text, or of a message
     * @param below hash of the name of the text in that message, or in one within; 0 where the member is the text
     */
    public record Text(long member, long below) {}

    /**
     * Reads what a profile says.
     *
     * @param members names of members, one for each text: {@code key}, or {@code target.property} for one below
     * @param operator {@code name=1|2}, {@code null} for none
     */
    public static FieldNaming of(String members, String operator) {
        List<Text> texts = new ArrayList<>();
        for (String member : members.split("\\|")) {
            String[] steps = member.split("\\.");
            texts.add(new Text(NameHash.of(steps[0]), steps.length > 1 ? NameHash.of(steps[1]) : 0));
        }
        if (operator == null) {
            return new FieldNaming(texts, 0, Set.of());
        }
        String[] sides = operator.split("=");
        Set<Long> numbers = Stream.of(sides[1].split("\\|")).map(Long::valueOf).collect(Collectors.toSet());
        return new FieldNaming(texts, NameHash.of(sides[0]), numbers);
    }

    /**
     * What a message tells.
     *
     * @param hash of the text; 0 where there is none, or where it begins with a dollar sign
     * @param from first byte of the text
     * @param to the place behind it
     * @param equal whether the message compares for equality
     */
    record Told(long hash, int from, int to, boolean equal) {
        static final Told NOTHING = new Told(0, 0, 0, true);
    }

    /** Whether a member of that name tells this, and is itself of no field. */
    boolean isTold(long name) {
        return name == operator
                || texts.stream().anyMatch(text -> name == (text.below() == 0 ? text.member() : text.below()));
    }

    /**
     * What the message in {@code [from, to)} tells.
     *
     * @return {@code null} where messages of its shape tell nothing, and what is around it counts
     */
    Told of(byte[] in, int from, int to, MessageShape shape) {
        boolean known = false;
        for (Text text : texts) {
            int number = shape.number(text.member());
            if (number > 0) {
                known = true;
                int[] found = text.below() == 0
                        ? last(in, from, to, number)
                        : below(
                                in,
                                last(in, from, to, number),
                                shape.field(number).below(),
                                text.below(),
                                0);
                if (found != null) {
                    boolean hidden = found[0] < found[1] && in[found[0]] == '$';
                    long hash = hidden ? 0 : NameHash.of(in, found[0], found[1]);
                    return new Told(hash, found[0], found[1], isEqual(in, from, to, shape));
                }
            }
        }
        return known ? Told.NOTHING : null;
    }

    private boolean isEqual(byte[] in, int from, int to, MessageShape shape) {
        int number = operator == 0 ? 0 : shape.number(operator);
        if (number == 0) {
            return operator == 0;
        }
        int value = new FieldSearch(in, from, to).find(WireType.Varint.tag(number));
        return value >= 0 && equalities.contains(Varint.at(in, value));
    }

    private static int[] below(byte[] in, int[] message, MessageShape shape, long name, int depth) {
        if (message == null || shape == null || depth > DEEPEST) {
            return null;
        }
        int number = shape.number(name);
        int[] text = number == 0 ? null : last(in, message[0], message[1], number);
        for (MessageShape.Field field : shape.fields()) {
            if (text == null && field.below() != null) {
                text = below(in, last(in, message[0], message[1], field.number()), field.below(), name, depth + 1);
            }
        }
        return text;
    }

    /** Where the last value of a field begins and ends, {@code null} where there is none. */
    private static int[] last(byte[] in, int from, int to, int number) {
        FieldSearch search = new FieldSearch(in, from, to);
        int[] last = null;
        int value = search.find(WireType.Length.tag(number));
        while (value >= 0) {
            int text = Varint.end(in, value);
            last = new int[] {text, text + (int) Varint.at(in, value)};
            value = search.find(WireType.Length.tag(number));
        }
        return last;
    }
}
