package dev.redoubt.wire.path;

import dev.redoubt.wire.json.NameHash;
import java.util.ArrayList;
import java.util.List;

/** What the members of an answer are in truth, by the names that the request gave them. Items of lists are as one. */
public final class Aliases {
    /** Every member goes by its own name. */
    public static final Aliases NONE = new Aliases();

    private final List<Alias> all = new ArrayList<>();

    /** Nothing is renamed yet. */
    public Aliases() {}

    /**
     * A member.
     *
     * @param name the one that it goes by
     * @param field the one that it has
     */
    private record Alias(String name, String field, Aliases below) {}

    /**
     * Adds a member.
     *
     * @param name the one that it goes by
     * @param field the one that it has
     * @return what stands below it; {@code null} where another field goes by that name
     */
    public Aliases add(String name, String field) {
        for (Alias alias : all) {
            if (alias.name().equals(name)) {
                return alias.field().equals(field) ? alias.below() : null;
            }
        }
        Aliases below = new Aliases();
        all.add(new Alias(name, field, below));
        return below;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    /** {@link NameHash} of the name that a member goes by. */
    long name(int member) {
        return NameHash.of(all.get(member).name());
    }

    /** {@link NameHash} of the name that a member has. */
    long field(int member) {
        return NameHash.of(all.get(member).field());
    }

    Aliases below(int member) {
        return all.get(member).below();
    }
}
