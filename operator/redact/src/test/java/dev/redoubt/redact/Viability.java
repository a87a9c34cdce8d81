package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.recognise.Catalogue;
import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the end of a text may still begin a match: by the patterns alone, from every place anew. */
final class Viability {
    /** What an address looks like at most, for {@code java.util.regex}. */
    private static final Pattern ADDRESS = Pattern.compile(
            "[\\p{L}\\p{N}\\p{M}_.%+\\-'~]{1,64}@([\\p{L}\\p{N}\\p{M}_-]{1,63}\\.){1,6}[\\p{L}\\p{N}-]{1,63}");

    private final Automaton automaton;
    private final boolean addresses;

    Viability(Set<Entity> entities) {
        List<dev.redoubt.redact.automaton.Pattern> patterns = Catalogue.of(entities, List.of()).stream()
                .map(Recogniser::pattern)
                .toList();
        automaton = patterns.isEmpty() ? null : Automaton.of(patterns);
        addresses = entities.contains(Entity.EMAIL_ADDRESS);
    }

    /** The end of the last whole character. */
    static int whole(byte[] utf8, int end) {
        return Utf8.validate(utf8, 0, end);
    }

    /**
     * Whether what begins at a place, or before it, may go on to be a match.
     *
     * @param ends where matches ended; what is put in their place ends no word
     */
    boolean reaches(byte[] text, int place, int end, Set<Integer> ends) {
        for (int from = place; from >= 0; from--) {
            boolean inCharacter = (text[from] & 0xC0) == 0x80;
            if (!inCharacter
                    && (addresses && address(text, from, end)
                            || mayBegin(text, from, ends) && alive(text, from, end))) {
                return true;
            }
        }
        return false;
    }

    private static boolean address(byte[] text, int from, int end) {
        String shown = new String(text, from, end - from, StandardCharsets.UTF_8);
        Matcher matcher = ADDRESS.matcher(
                Normalizer.normalize(shown, Normalizer.Form.NFKC).replaceAll("\\p{Cf}", ""));
        return matcher.matches() || matcher.hitEnd();
    }

    private static boolean mayBegin(byte[] text, int at, Set<Integer> ends) {
        if (at == 0 || ends.contains(at)) {
            return true;
        }
        int before = at - 1;
        while ((text[before] & 0xC0) == 0x80) {
            before--;
        }
        return !Fold.word(symbol(text, before)) || !Fold.word(symbol(text, at));
    }

    private boolean alive(byte[] text, int from, int end) {
        if (automaton == null) {
            return false;
        }
        int state = automaton.start(0);
        int skipped = 0;
        for (int at = from; at < end; at += Utf8.length(text[at])) {
            int symbol = symbol(text, at);
            if (symbol == Fold.SKIP) {
                if (++skipped > Plan.MOST_SKIPPED) {
                    return false;
                }
                continue;
            }
            state = automaton.next(state, symbol);
            if (state == Automaton.DEAD) {
                return false;
            }
        }
        return true;
    }

    private static int symbol(byte[] text, int at) {
        return text[at] >= 0 ? text[at] : Fold.of(Utf8.decode(text, at));
    }
}
