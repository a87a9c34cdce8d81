package dev.redoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Stage;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.TokenKey;
import dev.redoubt.wire.json.JsonDocuments;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.PathPattern.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Generated documents edited by generated rules, over their bytes and over Jackson's tree. */
class EditProperties {
    private static final Set<String> DROPPED = Set.of("b", "é", "");
    private static final GuardConfig CONFIG = Guarded.chroma()
            .finding("EMAIL_ADDRESS")
            .dropping(DROPPED.toArray(String[]::new))
            .config();
    private static final Redactor REDACTOR = Redactor.compile(CONFIG.redaction(), TokenKey.of(new byte[32]));
    private static final MessageEditor.Tools TOOLS = new MessageEditor.Tools(REDACTOR, null, null, null, null, false);

    private static MessagePlan plan(Direction direction, List<ValueSpec> rules, Others others) {
        Stage stage = direction == Direction.Request ? Stage.Ingest : Stage.Retrieve;
        return MessagePlan.compile(
                new MessageSpec(stage, Encoding.Json, rules, others), direction, List.of(), CONFIG, Map.of(), true);
    }

    @Property
    void anAnswerIsEditedAsATreeWouldBe(
            @ForAll("documents") String document,
            @ForAll("rules") List<ValueSpec> rules,
            @ForAll("others") Others others)
            throws Exception {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        JsonNode tree = JsonDocuments.tree(body).orElse(null);
        MessagePlan plan = plan(Direction.Response, rules, others);
        try {
            byte[] edited = new ResponseEditor(plan.read(body), plan, TOOLS, Guarded.CLOSED, null, new Tally()).edit();
            assertThat(JsonDocuments.tree(edited).orElseThrow())
                    .isEqualTo(new Reference(plan, others, Set.of()).edited(tree));
        } catch (JsonFault e) {
            assertThat(tree).isNull();
        }
    }

    @Property
    void aRequestIsEditedAsATreeWouldBeAndLosesDroppedFields(
            @ForAll("documents") String document,
            @ForAll("rules") List<ValueSpec> rules,
            @ForAll("others") Others others)
            throws Exception {
        byte[] body = ("{\"a\":" + document + ",\"b\":" + document + "}").getBytes(StandardCharsets.UTF_8);
        JsonNode tree = JsonDocuments.tree(body).orElse(null);
        MessagePlan plan = plan(
                Direction.Request,
                rules.stream().filter(rule -> rule.role() != Role.QueryVector).toList(),
                others);
        try {
            byte[] edited = new RequestEditor(
                            plan.read(body), plan, TOOLS, Guarded.CLOSED, CONFIG, null, false, new Tally())
                    .edit();
            assertThat(JsonDocuments.tree(edited).orElseThrow())
                    .isEqualTo(new Reference(plan, others, DROPPED).edited(tree));
        } catch (JsonFault e) {
            assertThat(tree).isNull();
        }
    }

    @Provide
    Arbitrary<String> documents() {
        return JsonDocuments.documents();
    }

    @Provide
    Arbitrary<Others> others() {
        return Arbitraries.of(Others.Redact, Others.Pass);
    }

    @Provide
    Arbitrary<List<ValueSpec>> rules() {
        Arbitrary<String> paths = Arbitraries.of(
                "a", "b", "a.b", "a.*", "a[*]", "[*]", "[*].a", "*", "a.**", "*.text", "a[*].*", "[*][*]", "ids[*]",
                "**");
        Arbitrary<Role> roles = Arbitraries.of(Role.Text, Role.Text, Role.Pass, Role.QueryVector);
        return Combinators.combine(paths, roles, Arbitraries.of(true, false))
                .as((path, role, named) ->
                        new ValueSpec(path, role, role == Role.Text && named && path.endsWith("*") ? "*" : null, null))
                .list()
                .ofMaxSize(5);
    }

    /** The meaning of rules, written for a tree. */
    private record Reference(MessagePlan plan, Others others, Set<String> dropped) {
        JsonNode edited(JsonNode tree) {
            return edited(tree, new ArrayList<>(), null);
        }

        private JsonNode edited(JsonNode node, List<Object> way, ValueSpec inherited) {
            ValueSpec rule = rule(way, inherited);
            Role role = rule == null ? null : rule.role();
            if (role == Role.QueryVector && !node.isNull()) {
                return JsonNodeFactory.instance.nullNode();
            }
            ValueSpec below = role == Role.Pass ? rule : null;
            if (node.isObject()) {
                return object(node, way, below);
            }
            if (node.isArray()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < node.size(); i++) {
                    way.add(i);
                    array.add(edited(node.get(i), way, below));
                    way.remove(way.size() - 1);
                }
                return array;
            }
            boolean isText = role == Role.Text || role == null && others == Others.Redact;
            return isText && node.isTextual() ? redacted(node) : node;
        }

        private ObjectNode object(JsonNode node, List<Object> way, ValueSpec below) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                way.add(field.getKey());
                ValueSpec rule = rule(way, below);
                boolean isNamed = rule != null && rule.field() != null;
                if (field.getValue().isNull() || !isNamed || !dropped.contains(field.getKey())) {
                    object.set(field.getKey(), edited(field.getValue(), way, below));
                }
                way.remove(way.size() - 1);
            }
            return object;
        }

        private static JsonNode redacted(JsonNode text) {
            return JsonNodeFactory.instance.textNode(
                    new String(REDACTOR.redact(Stage.Ingest, text.textValue()).text(), StandardCharsets.UTF_8));
        }

        /** The first rule whose path leads here, or what holds around it. */
        private ValueSpec rule(List<Object> way, ValueSpec inherited) {
            for (int i = 0; i < plan.patterns().size(); i++) {
                if (matches(plan.patterns().get(i), way)) {
                    return plan.specs().get(i);
                }
            }
            return inherited;
        }

        private static boolean matches(PathPattern pattern, List<Object> way) {
            List<Step> steps = pattern.steps();
            for (int i = 0; i < steps.size(); i++) {
                if (i >= way.size()) {
                    return false;
                }
                if (steps.get(i) == Step.BELOW) {
                    return true;
                }
                boolean fits = way.get(i) instanceof String name
                        ? steps.get(i) == Step.ANY_NAME || steps.get(i).equals(new Step.Name(name))
                        : steps.get(i) == Step.ITEM;
                if (!fits) {
                    return false;
                }
            }
            return steps.size() == way.size();
        }
    }
}
