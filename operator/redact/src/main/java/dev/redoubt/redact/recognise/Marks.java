package dev.redoubt.redact.recognise;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Recognises what the redaction itself put into a text, {@code <NAME>} and {@code <NAME:token>}, so that a pattern of a policy
 * is not looked for in it.
 */
final class Marks {
    /** They stand around a mark, so that a match without them is either inside of one or outside. */
    static final String BRACKETS = "<>";

    private final Set<String> names;

    /** @param names of all entities whose marks there may be */
    Marks(Set<String> names) {
        this.names = names;
    }

    /**
     * Whether a candidate begins in a mark. The token of one is a single word, so nothing begins inside of it; what is left is
     * the name, the colon and the token's first character.
     */
    boolean hold(Candidate candidate) {
        if (candidate.before(1) == '<') {
            String name = first(candidate);
            return names.contains(name)
                    && (name.length() == candidate.length()
                            || candidate.at(name.length()) == ':' && isToken(candidate, name.length() + 1));
        }
        if (candidate.before(1) == ':') {
            return isToken(candidate, 0) && names.contains(named(candidate, 2));
        }
        return candidate.at(0) == ':' && isToken(candidate, 1) && names.contains(named(candidate, 1));
    }

    /** Whether the rest of a candidate is a token as a whole, or nothing where it ends with the colon before it. */
    private static boolean isToken(Candidate candidate, int from) {
        for (int i = from; i < candidate.length(); i++) {
            if (!MarkForm.isOfToken(candidate.at(i))) {
                return false;
            }
        }
        return candidate.length() == from || candidate.length() - from >= MarkForm.SHORTEST_TOKEN;
    }

    /** The capitals, digits and underscores that a candidate begins with. */
    private static String first(Candidate candidate) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < candidate.length() && MarkForm.isOfName(candidate.at(i)); i++) {
            name.append((char) candidate.at(i));
        }
        return name.toString();
    }

    /** What stands between a bracket and a distance before the candidate; empty where there is no bracket. */
    private static String named(Candidate candidate, int distance) {
        byte[] name = new byte[MarkForm.LONGEST_NAME];
        int start = name.length;
        for (int at = distance; ; at++) {
            int symbol = candidate.before(at);
            if (symbol == '<') {
                return new String(name, start, name.length - start, StandardCharsets.US_ASCII);
            }
            if (start == 0 || !MarkForm.isOfName(symbol)) {
                return "";
            }
            name[--start] = (byte) symbol;
        }
    }
}
