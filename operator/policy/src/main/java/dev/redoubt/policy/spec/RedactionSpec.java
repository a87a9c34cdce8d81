package dev.redoubt.policy.spec;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.CustomEntity;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The spec of a RedactionPolicy: the one parser of it, for the controller and for guards outside of Kubernetes. Its bounds
 * are those of the CustomResourceDefinition.
 */
public final class RedactionSpec {
    private static final int MOST_RULES = 32;
    private static final int MOST_ENTITIES = 64;
    private static final int LONGEST_ENTITY = 63;
    private static final int MOST_ALLOWED = 256;
    private static final int LONGEST_ALLOWED = 256;
    private static final int MOST_FIELDS = 64;
    private static final int LONGEST_FIELD = 253;
    private static final Map<String, Stage> STAGES = Words.of(Stage.class);

    private static final Map<String, Action> ACTIONS = Words.of(Action.class);

    private RedactionSpec() {}

    /**
     * What a spec asks for.
     *
     * @param spec {@code null} where the policy has none
     * @throws SpecException where it cannot be read, or asks for what no guard can do
     */
    public static PolicySpec parse(SpecNode spec) throws SpecException {
        if (spec == null || spec.isNothing()) {
            throw new SpecException(spec == null ? Place.path("spec") : spec.place(), "it has no spec");
        }
        Fields fields = Fields.of(spec, "rules", "entities", "allow", "fields", "drop", "recognizers");
        List<EntitySpec> own = own(fields.items("entities", CustomEntity.MOST));
        List<CustomEntity> custom = own.stream().map(EntitySpec::entity).toList();
        List<RedactionRule> rules = new ArrayList<>();
        for (SpecNode rule : fields.items("rules", MOST_RULES)) {
            rules.add(rule(rule, custom));
        }
        List<String> drop = fields.texts("drop", MOST_FIELDS, LONGEST_FIELD);
        if (rules.isEmpty() && drop.isEmpty()) {
            throw new SpecException(spec.place(), "a policy needs at least one rule or dropped field");
        }
        Optional<SpecNode> selection = fields.find("fields");
        List<String> exclude = selection.isEmpty()
                ? List.of()
                : Fields.of(selection.get(), "exclude").texts("exclude", MOST_FIELDS, LONGEST_FIELD);
        Redaction redaction = new Redaction(
                rules,
                custom,
                fields.texts("allow", MOST_ALLOWED, LONGEST_ALLOWED),
                exclude,
                drop,
                RecognizerSpec.parse(fields, custom));
        return new PolicySpec(redaction, own);
    }

    /**
     * Joins policies in the order in which they are named; where two say something about one entity at one place, the
     * first wins. A rule about every entity is about those of the other policies too.
     *
     * @throws SpecException where two define an entity of one name differently
     */
    public static PolicySpec join(List<PolicySpec> policies) throws SpecException {
        Map<String, EntitySpec> own = new LinkedHashMap<>();
        for (PolicySpec policy : policies) {
            for (EntitySpec entity : policy.entities()) {
                EntitySpec other = own.putIfAbsent(entity.entity().name(), entity);
                if (other != null && !other.entity().equals(entity.entity())) {
                    throw new SpecException(
                            entity.place(),
                            entity.entity().name()
                                    + " is defined differently by another policy; define it in one of them");
                }
            }
        }
        List<EntitySpec> entities = List.copyOf(own.values());
        return new PolicySpec(
                join(
                        policies.stream().map(PolicySpec::redaction).toList(),
                        entities.stream().map(EntitySpec::entity).toList()),
                entities);
    }

    private static Redaction join(List<Redaction> policies, List<CustomEntity> entities) {
        List<RedactionRule> rules = new ArrayList<>();
        Set<String> allow = new LinkedHashSet<>();
        Set<String> exclude = new LinkedHashSet<>();
        Set<String> drop = new LinkedHashSet<>();
        Set<ExternalRecognizer> recognizers = new LinkedHashSet<>();
        for (Redaction policy : policies) {
            rules.addAll(policy.rules());
            allow.addAll(policy.allow());
            exclude.addAll(policy.excludeFields());
            drop.addAll(policy.dropFields());
            recognizers.addAll(policy.recognizers());
        }
        return new Redaction(
                rules, entities, List.copyOf(allow), List.copyOf(exclude), List.copyOf(drop), List.copyOf(recognizers));
    }

    private static List<EntitySpec> own(List<SpecNode> nodes) throws SpecException {
        Map<String, EntitySpec> own = new LinkedHashMap<>();
        for (SpecNode node : nodes) {
            EntitySpec entity = EntitySpec.parse(node);
            if (own.put(entity.entity().name(), entity) != null) {
                throw new SpecException(
                        node.place(),
                        "two entities are named " + entity.entity().name());
            }
        }
        return List.copyOf(own.values());
    }

    private static RedactionRule rule(SpecNode node, List<CustomEntity> own) throws SpecException {
        Fields fields = Fields.of(node, "entities", "at", "action", "reversible");
        List<String> entities = entities(fields.require("entities"), own);
        List<Stage> at = new ArrayList<>();
        for (SpecNode stage : fields.require("at").items(1, STAGES.size())) {
            Stage known = stage.oneOf(STAGES);
            if (at.contains(known)) {
                throw new SpecException(stage.place(), "this item is in the list already");
            }
            at.add(known);
        }
        Action action = fields.require("action").oneOf(ACTIONS);
        Optional<SpecNode> reversible = fields.find("reversible");
        boolean restorable = reversible.isPresent() && reversible.get().truth();
        if (restorable && action != Action.Tokenize) {
            throw new SpecException(
                    reversible.get().place(),
                    action == Action.Encrypt
                            ? "what Encrypt makes can always be restored; remove reversible"
                            : "reversible goes with action: Tokenize");
        }
        return new RedactionRule(entities, at, action, restorable);
    }

    private static List<String> entities(SpecNode node, List<CustomEntity> own) throws SpecException {
        List<SpecNode> items = node.items(1, MOST_ENTITIES);
        List<String> names = node.texts(MOST_ENTITIES, LONGEST_ENTITY);
        for (int i = 0; i < names.size(); i++) {
            if (Redaction.named(names.get(i), own).isEmpty()) {
                throw new SpecException(
                        items.get(i).place(),
                        "no recogniser finds " + names.get(i)
                                + "; use one of the built-in entities, or define it under entities");
            }
        }
        if (names.size() > 1 && names.contains(Entity.EVERY)) {
            throw new SpecException(node.place(), "* stands for every entity and is named alone");
        }
        return names;
    }
}
