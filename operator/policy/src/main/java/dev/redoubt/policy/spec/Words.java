package dev.redoubt.policy.spec;

import java.util.LinkedHashMap;
import java.util.Map;

/** Words by which a spec names values. */
public final class Words {
    private Words() {}

    /** The constants of an enum by their names, in their order. */
    public static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name(), constant);
        }
        return words;
    }
}
