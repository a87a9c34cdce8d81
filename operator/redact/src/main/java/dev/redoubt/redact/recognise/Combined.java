package dev.redoubt.redact.recognise;

import dev.redoubt.redact.automaton.Automaton;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The automata of recognisers. That of the built-in ones is made when this module is built, because it takes about a
 * second, and loaded from there; what is not wanted is then left out, and what policies define is added.
 */
public final class Combined {
    private static final String TABLE = "catalogue.automaton";

    private Combined() {}

    /**
     * The automaton of some recognisers, with start states as {@link Opening#start} numbers them; patterns have the numbers
     * of their places.
     *
     * @throws IllegalArgumentException where those that are not built-in need too many states
     */
    public static Automaton of(List<Recogniser> recognisers) {
        List<Recogniser> builtIn = Catalogue.all();
        int[] numbers = builtIn.stream().mapToInt(recognisers::indexOf).toArray();
        Automaton automaton = load().only(numbers);
        List<Recogniser> others = recognisers.stream()
                .filter(recogniser -> !builtIn.contains(recogniser))
                .toList();
        if (others.isEmpty()) {
            return automaton;
        }
        int[] added = others.stream().mapToInt(recognisers::indexOf).toArray();
        return automaton.with(build(others).only(added));
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

    static Automaton load() {
        try (InputStream table = Combined.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException(
                        "the table of the built-in patterns is missing: build with Maven, which makes it");
            }
            return Automaton.read(new DataInputStream(new BufferedInputStream(table, 1 << 16)));
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
            build(Catalogue.all()).write(out);
        }
    }
}
