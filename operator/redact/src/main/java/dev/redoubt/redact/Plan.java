package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.names.Names;
import dev.redoubt.redact.recognise.Catalogue;
import dev.redoubt.redact.recognise.Combined;
import dev.redoubt.redact.recognise.Emails;
import dev.redoubt.redact.recognise.Recogniser;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is done at one stage: the automaton of the entities that some rule names there, and their actions. */
final class Plan {
    /** Nothing is looked for. */
    static final Plan NOTHING = new Plan(Map.of(), Set.of(), null);

    /** Characters without width that one candidate may hold; more of them break it. */
    static final int MOST_SKIPPED = 64;

    private static final int MOST_BYTES_OF_CHARACTER = 4;

    private final Map<Entity, Action> actions;
    private final List<Recogniser> recognisers;
    private final Automaton automaton;
    private final Prefilter prefilter;
    private final Set<String> allowed;
    private final TokenKey key;
    private final int longest;
    /** By the automaton's acceptances: whether all its recognisers take as much as they can. */
    private final boolean[] greedy;
    /** Those of {@link Names} that are looked for. */
    private final Set<Entity> names;

    Plan(Map<Entity, Action> actions, Set<String> allowed, TokenKey key) {
        this.actions = Map.copyOf(actions);
        this.allowed = allowed;
        this.key = key;
        this.recognisers = Catalogue.of(actions.keySet());
        EnumSet<Entity> named = EnumSet.noneOf(Entity.class);
        named.addAll(Names.ENTITIES);
        named.retainAll(actions.keySet());
        this.names = Set.copyOf(named);
        int most = emails() ? Emails.LONGEST : 0;
        for (Recogniser recogniser : recognisers) {
            most = Math.max(most, recogniser.pattern().maxLength());
        }
        this.longest = names.isEmpty() ? most : Math.max(most, Names.LONGEST);
        this.automaton = Combined.of(recognisers);
        this.greedy = new boolean[automaton.acceptances()];
        for (int acceptance = 0; acceptance < greedy.length; acceptance++) {
            greedy[acceptance] = Arrays.stream(automaton.accepted(acceptance))
                    .noneMatch(number -> recognisers.get(number).wordEnd());
        }
        this.prefilter = new Prefilter(automaton, recognisers);
    }

    boolean emails() {
        return actions.containsKey(Entity.EMAIL_ADDRESS);
    }

    /** Looks for names in one text, or null where no rule is about them. */
    Names names() {
        return names.isEmpty() ? null : new Names(names);
    }

    Action action(Entity entity) {
        return actions.get(entity);
    }

    Recogniser recogniser(int number) {
        return recognisers.get(number);
    }

    /** Whether all recognisers of an acceptance take as much as they can, so that only their longest match counts. */
    boolean isGreedy(int acceptance) {
        return greedy[acceptance];
    }

    /** How many recognisers there are. */
    int size() {
        return recognisers.size();
    }

    Automaton automaton() {
        return automaton;
    }

    Prefilter prefilter() {
        return prefilter;
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

    /** Symbols of the longest candidate. */
    int longest() {
        return longest;
    }

    /** The most bytes that a stream can hold back: a candidate with the widest characters and all that may hide in it. */
    int bound() {
        return (longest + MOST_SKIPPED + 1) * MOST_BYTES_OF_CHARACTER;
    }
}
