package dev.redoubt.wire.path;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A message that is being edited: what was found in it, and what is to stand there instead. Edits come in the order of
 * what was found; of one place there is at most one.
 */
public abstract class Draft {
    private final byte[] body;
    private final Hits hits;

    protected Draft(byte[] body, Hits hits) {
        this.body = body;
        this.hits = hits;
    }

    /** The message as it came. */
    public final byte[] body() {
        return body;
    }

    /** What was found in it. */
    public final Hits hits() {
        return hits;
    }

    /** What the members of the answer are in truth, where a request gives them names of its own. */
    public Aliases aliases() {
        return Aliases.NONE;
    }

    /** Whether a text stands in the body as it is, between {@link #from} and {@link #to}. */
    public abstract boolean isPlain(int hit);

    /** First byte of a plain text. */
    public abstract int from(int hit);

    /** The place behind the last byte of a plain text. */
    public abstract int to(int hit);

    /** A text in UTF-8; of any other scalar its JSON text. */
    public abstract byte[] text(int hit);

    /** Whether a number may stand there: where there are only texts, as in a map of them, it is written as one. */
    public abstract boolean mayBeNumber(int hit);

    /** Whether a text may stand there: a field of numbers alone holds none. */
    public abstract boolean mayBeText(int hit);

    /** Puts a text there, whatever stood there. */
    public abstract void putText(int hit, byte[] utf8);

    /** Puts a number or boolean there, as its JSON text. */
    public abstract void putScalar(int hit, byte[] json);

    /**
     * Changes the vectors there: lists of numbers in lists, or their bytes as floats of four bytes, little end first, in
     * base64 where the form has no bytes.
     *
     * @throws UnfitVectorException where something other than vectors stands there
     */
    public abstract void changeVectors(int hit, UnaryOperator<float[]> change) throws UnfitVectorException;

    /** Puts nothing there: a null, or a field that is absent. */
    public abstract void clear(int hit);

    /** Takes out what {@link Hits.Kind#Cut} found, or where nothing parts values from one another any other. */
    public abstract void cut(int hit);

    /**
     * Takes an item out of an array, with one of the signs that part it from others.
     *
     * @param before the item before it, be it taken out too; −1 where none before it stays
     * @param after the item behind it; −1 where there is none
     */
    public abstract void cutItem(int hit, int before, int after);

    /**
     * A member that is added.
     *
     * @param json a number or boolean, as its JSON text
     */
    public record Member(String name, String json) {}

    /** Adds a member to the root, behind all other edits. */
    public abstract void add(Member member);

    /**
     * Adds an object to the root, behind all other edits: to JSON where there is none of that name; elsewhere entries to a
     * map of texts, whether it has some or not.
     */
    public abstract void addObject(String name, List<Member> members);

    /** Adds members to an object, or puts an object in the place of a null; in JSON alone. */
    public abstract void addTo(int hit, List<Member> members);

    /** The edited message: the very array that came in where nothing was changed. */
    public abstract byte[] finish();
}
