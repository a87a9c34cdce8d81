package dev.redoubt.policy;

import java.util.List;

/**
 * All that is said about texts of a target.
 *
 * @param rules in order of precedence
 * @param allow texts that are never redacted, compared exactly
 * @param excludeFields record fields that are not scanned
 * @param dropFields record fields that never reach the store
 * @param recognizers recognisers outside of the guard, asked wherever a rule is about an entity of theirs
 */
public record Redaction(
        List<RedactionRule> rules,
        List<String> allow,
        List<String> excludeFields,
        List<String> dropFields,
        List<ExternalRecognizer> recognizers) {
    /** Nothing is redacted. */
    public static final Redaction NONE = new Redaction(List.of(), List.of(), List.of(), List.of());

    public Redaction {
        rules = rules == null ? List.of() : List.copyOf(rules);
        allow = allow == null ? List.of() : List.copyOf(allow);
        excludeFields = excludeFields == null ? List.of() : List.copyOf(excludeFields);
        dropFields = dropFields == null ? List.of() : List.copyOf(dropFields);
        recognizers = recognizers == null ? List.of() : List.copyOf(recognizers);
    }

    /** Without recognisers outside of the guard. */
    public Redaction(
            List<RedactionRule> rules, List<String> allow, List<String> excludeFields, List<String> dropFields) {
        this(rules, allow, excludeFields, dropFields, List.of());
    }

    /** The same with other recognisers outside of the guard. */
    public Redaction with(List<ExternalRecognizer> others) {
        return new Redaction(rules, allow, excludeFields, dropFields, others);
    }

    /** The same with other rules. */
    public Redaction ruledBy(List<RedactionRule> others) {
        return new Redaction(others, allow, excludeFields, dropFields, recognizers);
    }
}
