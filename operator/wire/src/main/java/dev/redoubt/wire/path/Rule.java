package dev.redoubt.wire.path;

import dev.redoubt.wire.json.NameHash;
import java.util.Objects;

/**
 * What a walk looks for at a path.
 *
 * @param index position in the list that the walk was compiled from; the first that matches wins
 * @param reach how much of what stands there it is about
 * @param naming what names the record field that the value belongs to
 * @param field {@link dev.redoubt.wire.json.NameHash} of that field with {@link Naming#Fixed}, of the member that names
 *     it with {@link Naming#Sibling}, else unused
 * @param cut fields whose members are taken out
 * @param known fields that are looked for with {@link Naming#Document}, or by the ends of their paths with
 *     {@link Naming#Sibling}
 * @param equality names of the members in which a value is compared with the field, {@code *} for the field's own
 */
public record Rule(int index, Reach reach, Naming naming, long field, FieldSet cut, FieldSet known, FieldSet equality) {
    private static final long OWN = NameHash.of("*");

    public Rule {
        Objects.requireNonNull(reach, "reach");
        Objects.requireNonNull(naming, "naming");
        Objects.requireNonNull(cut, "cut");
        Objects.requireNonNull(known, "known");
        Objects.requireNonNull(equality, "equality");
    }

    /** Of no document. */
    public Rule(int index, Reach reach, Naming naming, long field, FieldSet cut) {
        this(index, reach, naming, field, cut, FieldSet.NONE, FieldSet.NONE);
    }

    /**
     * Whether a value is compared with its field for equality.
     *
     * @param member hash of the name of the innermost member
     * @param own hash of the name of the field's member, where the field has one
     */
    public boolean compares(long member, long own) {
        return !equality.isEmpty() && (equality.contains(member) || member == own && equality.contains(OWN));
    }

    /** How much of a value a rule is about. */
    public enum Reach {
        /** The value where it is a scalar; a container's content is left to other rules. */
        Scalar,
        /** As {@link #Scalar}, but a container that no other rule looks into is one hit. */
        StrictScalar,
        /** As {@link #Scalar}, but an array of at least 16 numbers is one hit. */
        Content,
        /** Every scalar at and below the path. */
        Scalars,
        /** The value as one hit, container or not. */
        Whole,
        /** As {@link #Whole}, but other rules look into a container, and what is in it is counted. */
        Framed,
        /** As {@link #Framed}, but an array is one hit. */
        Opened,
        /** Nothing: whatever stands there is copied. */
        Copied,
        /** An object as one hit, and other rules look into it. */
        Outlined,
        /** The member, name and value, is taken out unless the value is null; an item becomes a {@link #Whole} hit. */
        Cut
    }

    /** What names the field. */
    public enum Naming {
        /** It belongs to no record. */
        None,
        /** The profile does. */
        Fixed,
        /** The innermost member. */
        Member,
        /** The innermost member that is no filter operator, which start with a dollar sign. */
        Operand,
        /** The outermost member below the path that is a known field, by its name or a part of a dotted one. */
        Document,
        /** The text of a member of the innermost object around it that has one; none where that starts with a dollar sign. */
        Sibling
    }
}
