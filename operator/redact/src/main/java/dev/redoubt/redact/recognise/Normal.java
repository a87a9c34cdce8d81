package dev.redoubt.redact.recognise;

import dev.redoubt.redact.text.Fold;
import java.util.Locale;

/** The form under which two ways to write one thing are equal, so that they get one token. */
@FunctionalInterface
public interface Normal {
    /** As written. */
    Normal EXACT = text -> text;

    /** Without regard to case. */
    Normal LOWER = text -> text.toLowerCase(Locale.ROOT);

    /** Letters in upper case and digits, nothing else. */
    Normal ALPHANUMERIC = text -> {
        StringBuilder kept = new StringBuilder(text.length());
        text.chars().filter(Fold::alphanumeric).forEach(c -> kept.append(Character.toUpperCase((char) c)));
        return kept.toString();
    };

    /** @param text the matched text, disguises removed as by {@link Fold} */
    String of(String text);
}
