package dev.redoubt.redact.recognise;

import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.automaton.StoredAutomaton;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The automata of recognisers. That of the built-in ones is made when this module is built, because it takes about a
 * second, and loaded from there; what is not wanted is then left out, and what policies define is added.
 */
public final class Combined {
    private static final String TABLE = "catalogue.automaton";

    private static WeakReference<StoredAutomaton> loaded = new WeakReference<>(null);

    private Combined() {}

    /**
     * The automaton of some recognisers, with start states as {@link Opening#start} numbers them; patterns have the numbers
     * of their places.
     *
     * @throws IllegalArgumentException where those that are not built-in need too many states
     */
    public static Automaton of(List<Recogniser> recognisers) {
        Map<Recogniser, Integer> builtIn = new IdentityHashMap<>();
        Catalogue.all().forEach(recogniser -> builtIn.put(recogniser, builtIn.size()));
        int[] numbers = new int[builtIn.size()];
        Arrays.fill(numbers, -1);
        List<Recogniser> others = new ArrayList<>();
        List<Integer> added = new ArrayList<>();
        for (int i = 0; i < recognisers.size(); i++) {
            Integer known = builtIn.get(recognisers.get(i));
            if (known != null) {
                numbers[known] = i;
            } else {
                others.add(recognisers.get(i));
                added.add(i);
            }
        }
        if (others.size() == recognisers.size()) {
            return build(others);
        }
        Automaton automaton = load().only(numbers);
        return others.isEmpty()
                ? automaton
                : automaton.with(build(others)
                        .only(added.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** Builds what {@link #of} loads. */
    static Automaton build(List<Recogniser> recognisers) {
        BitSet[] starts = new BitSet[Opening.STARTS];
        Arrays.setAll(starts, opening -> new BitSet());
        for (int i = 0; i < recognisers.size(); i++) {
            Recogniser recogniser = recognisers.get(i);
            for (Opening opening : Opening.all()) {
                boolean admits = opening.admits(recogniser.guard());
                starts[opening.start(true)].set(i, admits);
                starts[opening.start(false)].set(i, admits && recogniser.announced() == null);
            }
        }
        return Automaton.of(recognisers.stream().map(Recogniser::pattern).toList(), starts);
    }

    /** That of all built-in recognisers. It is megabytes, and of use while a policy is compiled. */
    static synchronized StoredAutomaton load() {
        StoredAutomaton known = loaded.get();
        if (known != null) {
            return known;
        }
        try (InputStream table = Combined.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException(
                        "the table of the built-in patterns is missing: build with Maven, which makes it");
            }
            StoredAutomaton read = StoredAutomaton.read(table);
            loaded = new WeakReference<>(read);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("the table of the built-in patterns cannot be read", e);
        }
    }

    /**
     * Writes the table of the built-in patterns; part of the build.
     *
     * @param arguments the folder of compiled classes
     */
    public static void main(String[] arguments) throws IOException {
        String folder = Combined.class.getPackageName().replace('.', '/');
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(new FileOutputStream(arguments[0] + "/" + folder + "/" + TABLE)))) {
            StoredAutomaton.of(build(Catalogue.all())).write(out);
        }
    }
}
