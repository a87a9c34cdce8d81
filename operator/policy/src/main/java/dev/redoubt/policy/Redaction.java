package dev.redoubt.policy;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is said about texts of a target.
 *
 * @param rules in order of precedence
 * @param entities those that are not built in
 * @param allow texts that are never redacted, compared exactly
 * @param excludeFields record fields that are not scanned
 * @param dropFields record fields that never reach the store
 * @param recognizers recognisers outside of the guard, asked wherever a rule is about an entity of theirs
 */
public record Redaction(
        List<RedactionRule> rules,
        List<CustomEntity> entities,
        List<String> allow,
        List<String> excludeFields,
        List<String> dropFields,
        List<ExternalRecognizer> recognizers) {
    /** Nothing is redacted. */
    public static final Redaction NONE = new Redaction(List.of(), List.of(), List.of(), List.of(), List.of());

    public Redaction {
        rules = rules == null ? List.of() : List.copyOf(rules);
        entities = entities == null ? List.of() : List.copyOf(entities);
        allow = allow == null ? List.of() : List.copyOf(allow);
        excludeFields = excludeFields == null ? List.of() : List.copyOf(excludeFields);
        dropFields = dropFields == null ? List.of() : List.copyOf(dropFields);
        recognizers = recognizers == null ? List.of() : List.copyOf(recognizers);
        Set<String> names = new HashSet<>();
        for (CustomEntity entity : entities) {
            if (!names.add(entity.name())) {
                throw new IllegalArgumentException("two entities are named " + entity.name());
            }
        }
        for (RedactionRule rule : rules) {
            for (String name : rule.entities()) {
                if (named(name, entities).isEmpty()) {
                    throw new IllegalArgumentException("no recogniser finds " + name);
                }
            }
        }
        for (ExternalRecognizer recognizer : recognizers) {
            for (String name : recognizer.entities()) {
                if (named(name, entities).map(Set::size).orElse(0) != 1) {
                    throw new IllegalArgumentException(
                            "recogniser " + recognizer.name() + " cannot be asked for " + name);
                }
            }
        }
    }

    /** Without recognisers outside of the guard. */
    public Redaction(
            List<RedactionRule> rules,
            List<CustomEntity> entities,
            List<String> allow,
            List<String> excludeFields,
            List<String> dropFields) {
        this(rules, entities, allow, excludeFields, dropFields, List.of());
    }

    /** The same with other recognisers outside of the guard. */
    public Redaction with(List<ExternalRecognizer> others) {
        return new Redaction(rules, entities, allow, excludeFields, dropFields, others);
    }

    /** The same with other rules. */
    public Redaction ruledBy(List<RedactionRule> others) {
        return new Redaction(others, entities, allow, excludeFields, dropFields, recognizers);
    }

    /** What a recogniser outside of the guard is asked for. */
    public Set<Entity> entities(ExternalRecognizer recognizer) {
        Set<Entity> found = new LinkedHashSet<>();
        recognizer.entities().forEach(name -> found.addAll(named(name, entities).orElseThrow()));
        return found;
    }

    /** What a rule is about. */
    public Set<Entity> entities(RedactionRule rule) {
        Set<Entity> found = new LinkedHashSet<>();
        rule.entities().forEach(name -> found.addAll(named(name, entities).orElseThrow()));
        return found;
    }

    /**
     * The entities that a name in a rule stands for.
     *
     * @param name an entity, {@link Entity#SECRET} or {@link Entity#EVERY}
     * @param custom those that are not built in
     * @return empty where nobody recognises that name
     */
    public static Optional<Set<Entity>> named(String name, List<CustomEntity> custom) {
        Set<Entity> all = new LinkedHashSet<>(Entity.builtIn().values());
        custom.forEach(entity -> all.add(entity.entity()));
        if (Entity.SECRET.equals(name)) {
            return Optional.of(Set.copyOf(Entity.of(Entity.Group.SECRET)));
        }
        boolean every = Entity.EVERY.equals(name);
        all.removeIf(entity -> !every && !entity.name().equals(name));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
}
