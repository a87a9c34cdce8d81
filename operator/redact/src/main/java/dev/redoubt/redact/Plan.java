package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.names.Names;
import dev.redoubt.redact.recognise.Catalogue;
import dev.redoubt.redact.recognise.Emails;
import dev.redoubt.redact.recognise.Recogniser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is done at one stage: the tables of the entities that some rule names there, and their actions. */
final class Plan {
    /** Characters without width that one candidate may hold; more of them break it. */
    static final int MOST_SKIPPED = 64;

    /** Characters without width that are looked through to see whether a word goes on. */
    static final int MOST_SKIPPED_AT_EDGES = 16;

    static final int MOST_BYTES_OF_CHARACTER = 4;

    private static final int MOST_BYTES_AT_A_GLANCE = 32;

    private final Map<Entity, Treatment> treatments;
    private final Tables tables;
    private final Set<String> allowed;
    private final TokenKey key;
    private final int longest;
    /** Those of {@link Names} that are looked for. */
    private final Set<Entity> names;

    private final boolean findsNames;

    /** Made where it is needed, which is seldom: tables are not for nothing even where they are empty. */
    private static final class Nothing {
        static final Plan PLAN = new Plan(Map.of(), List.of(), Set.of(), null);
    }

    /** Nothing is looked for. */
    static Plan nothing() {
        return Nothing.PLAN;
    }

    /** @throws IllegalArgumentException where the patterns of the custom entities cannot be built or are too large together */
    Plan(Map<Entity, Treatment> treatments, List<Recogniser> custom, Set<String> allowed, TokenKey key) {
        this.treatments = Map.copyOf(treatments);
        this.allowed = allowed;
        this.key = key;
        this.tables = Tables.of(Catalogue.of(treatments.keySet(), custom));
        this.names = Names.ENTITIES.stream().filter(treatments::containsKey).collect(Collectors.toUnmodifiableSet());
        this.findsNames = !names.isEmpty();
        int most = Math.max(tables.longest(), emails() ? Emails.LONGEST : 0);
        this.longest = names.isEmpty() ? most : Math.max(most, Names.LONGEST);
    }

    private Plan(Plan other, TokenKey key) {
        this.treatments = other.treatments;
        this.tables = other.tables;
        this.allowed = other.allowed;
        this.longest = other.longest;
        this.names = other.names;
        this.findsNames = other.findsNames;
        this.key = key;
    }

    /** The same with another key, at no cost. */
    Plan keyed(TokenKey newKey) {
        return new Plan(this, newKey);
    }

    boolean emails() {
        return treatments.containsKey(Entity.EMAIL_ADDRESS);
    }

    /** Whether some rule is about names. */
    boolean findsNames() {
        return findsNames;
    }

    /** Looks for names in one text. */
    Names names() {
        return new Names(names);
    }

    /**
     * Whether it is plain at a glance that nothing can be found in a whole text: for short ones, of which a message may have
     * millions, setting up a scan takes longer than reading them.
     */
    boolean findsNothing(byte[] text, int from, int to) {
        if (to - from > MOST_BYTES_AT_A_GLANCE) {
            return false;
        }
        for (int at = from; at < to; at++) {
            byte symbol = text[at];
            boolean name = findsNames && symbol >= 'A' && symbol <= 'Z';
            if (symbol < 0 || name || symbol == '@' && emails()) {
                return false;
            }
        }
        return !tables.matchIn(text, from, to);
    }

    Treatment treatment(Entity entity) {
        return treatments.get(entity);
    }

    Tables tables() {
        return tables;
    }

    /** Whether some rule names an entity of that name. */
    boolean acts(String entity) {
        return treatments.keySet().stream().anyMatch(each -> each.name().equals(entity));
    }

    /** Those of the automaton that find an entity. */
    Stream<Recogniser> recognisers(Entity entity) {
        return IntStream.range(0, tables.size()).mapToObj(tables::recogniser).filter(each -> each.entity()
                .equals(entity));
    }

    boolean allows() {
        return !allowed.isEmpty();
    }

    boolean allows(String text) {
        return allowed.contains(text);
    }

    Replacement replacement() {
        return new Replacement(key);
    }

    /** The most bytes that a stream can hold back: a candidate with the widest characters and all that may hide in it. */
    int bound() {
        return (longest + MOST_SKIPPED + 1) * MOST_BYTES_OF_CHARACTER;
    }
}
