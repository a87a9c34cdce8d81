package dev.redoubt.controller.pipeline;

import java.util.List;

/**
 * The two clients that a leakage test has in the pipeline that it attacks.
 *
 * @param attacker name of the one who attacks, with the rights and limits of {@code as}
 * @param attackerKeys SHA-256 of the attacker's API key; empty until there is one
 * @param as client of the pipeline whose rights the attacker has
 * @param writer name of the one who plants and removes the synthetic corpus
 * @param writerKeys SHA-256 of the writer's API key; empty until there is one
 * @param store vector store that is attacked; the writer has no rights elsewhere
 */
public record ProbeIdentity(
        String attacker, List<String> attackerKeys, String as, String writer, List<String> writerKeys, String store) {
    public ProbeIdentity {
        attackerKeys = List.copyOf(attackerKeys);
        writerKeys = List.copyOf(writerKeys);
    }
}
