package dev.redoubt.wire.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.wire.json.JsonDocuments;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WalkProperties {
    private static final List<String> PATHS = List.of(
            "vector",
            "a.text",
            "[*].a",
            "a[*][*]",
            "ids[*].*",
            "b.**",
            "[*]",
            "*.vector",
            "text",
            "*",
            "a.b",
            "**",
            "a|b",
            "a|ids.vector|text");

    private static Walk.Plan plan(List<String> paths, Reach reach, Others others) {
        List<PathNode.Entry> entries = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            entries.add(new PathNode.Entry(
                    PathPattern.parse(paths.get(i)), new Rule(i, reach, Naming.None, 0, FieldSet.NONE)));
        }
        return new Walk.Plan(PathNode.compile(entries, List.of()), others, false, 200);
    }

    private static boolean accepts(byte[] document) {
        // one plan that looks into everything and one that skips everything must agree
        boolean looked = accepts(document, plan(PATHS, Reach.Scalar, Others.Redact));
        boolean skipped = accepts(document, plan(PATHS, Reach.Scalar, Others.Pass));
        assertThat(looked).isEqualTo(skipped);
        return looked;
    }

    private static boolean accepts(byte[] document, Walk.Plan plan) {
        try {
            Walk.over(document, plan);
            return true;
        } catch (JsonFault e) {
            assertThat(e.offset()).isBetween(0, document.length);
            return false;
        }
    }

    @Property
    void aDocumentIsAcceptedExactlyWhereJacksonTakesIt(@ForAll("documents") String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        assertThat(accepts(bytes)).isEqualTo(JsonDocuments.tree(bytes).isPresent());
    }

    @Property
    void aDamagedDocumentIsAcceptedExactlyWhereJacksonTakesIt(
            @ForAll("documents") String document, @ForAll("damage") byte[] damage, @ForAll int where) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        int at = Math.floorMod(where, bytes.length + 1);
        byte[] damaged;
        if (damage.length == 0) {
            damaged = Arrays.copyOf(bytes, at);
        } else {
            damaged = new byte[bytes.length + damage.length];
            System.arraycopy(bytes, 0, damaged, 0, at);
            System.arraycopy(damage, 0, damaged, at, damage.length);
            System.arraycopy(bytes, at, damaged, at + damage.length, bytes.length - at);
        }
        assertThat(accepts(damaged)).isEqualTo(JsonDocuments.tree(damaged).isPresent());
    }

    @Property
    void whatIsFoundIsWhatATreeHasAtThosePaths(
            @ForAll("documents") String document, @ForAll("paths") List<String> paths) throws JsonFault {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        Optional<JsonNode> tree = JsonDocuments.tree(bytes);
        if (tree.isEmpty()) {
            return;
        }
        Hits hits = Walk.over(bytes, plan(paths, Reach.Scalar, Others.Pass));
        List<String> found = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            byte[] value = Arrays.copyOfRange(bytes, hits.start(i), hits.end(i));
            found.add(hits.rule(i).index() + " " + hits.outerIndex(i) + " " + hits.innerIndex(i) + " "
                    + JsonDocuments.tree(value).orElseThrow());
        }
        List<String> expected = new ArrayList<>();
        search(
                tree.get(),
                new ArrayList<>(),
                paths.stream().map(PathPattern::parse).toList(),
                expected);
        assertThat(found).isEqualTo(expected);
    }

    private static void search(JsonNode node, List<Object> way, List<PathPattern> patterns, List<String> found) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                way.add(field.getKey());
                search(field.getValue(), way, patterns, found);
                way.remove(way.size() - 1);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                way.add(i);
                search(node.get(i), way, patterns, found);
                way.remove(way.size() - 1);
            }
        } else {
            for (int i = 0; i < patterns.size(); i++) {
                if (matches(patterns.get(i).steps(), way)) {
                    List<Object> indices =
                            way.stream().filter(Integer.class::isInstance).toList();
                    found.add(i + " " + (indices.isEmpty() ? 0 : indices.get(0)) + " "
                            + (indices.size() < 2 ? 0 : indices.get(1)) + " " + node);
                    return;
                }
            }
        }
    }

    private static boolean matches(List<PathPattern.Step> steps, List<Object> way) {
        for (int i = 0; i < steps.size(); i++) {
            if (i >= way.size()) {
                return false;
            }
            if (steps.get(i) == PathPattern.Step.BELOW) {
                return true;
            }
            if (!fits(steps.get(i), way.get(i))) {
                return false;
            }
        }
        return steps.size() == way.size();
    }

    private static boolean fits(PathPattern.Step step, Object key) {
        if (key instanceof Integer) {
            return step == PathPattern.Step.ITEM;
        }
        return step == PathPattern.Step.ANY_NAME
                || step.equals(new PathPattern.Step.Name((String) key))
                || step instanceof PathPattern.Step.OneOf several
                        && several.names().contains(key);
    }

    /** What stands in a list of a shape is of that shape, so a path leads as deep as there are lists. */
    @Property(tries = 200)
    void aShapeThatHoldsItselfIsFollowedToAnyDepth(@ForAll("branches") List<String> branches) throws JsonFault {
        Walk.Plan plan = new Walk.Plan(
                PathNode.compile(
                        List.of(new PathNode.Entry(
                                PathPattern.parse("query.match.*"),
                                new Rule(0, Reach.Scalar, Naming.None, 0, FieldSet.NONE))),
                        List.of(),
                        List.of(
                                new PathNode.Again(PathPattern.parse("query.and|or[*]"), PathPattern.parse("query")),
                                new PathNode.Again(PathPattern.parse("query.not"), PathPattern.parse("query")),
                                new PathNode.Again(PathPattern.parse("filter"), PathPattern.parse("query")))),
                Others.Refuse,
                false,
                200);
        String good = "{\"match\":{\"a\":\"x\"}}";
        String bad = "{\"script\":{\"a\":\"x\"}}";
        for (String branch : branches) {
            good = nested(branch, good);
            bad = nested(branch, bad);
        }
        for (String root : List.of("query", "filter")) {
            Hits found = Walk.over(("{\"" + root + "\":" + good + "}").getBytes(StandardCharsets.UTF_8), plan);
            assertThat(found.foreign()).isEqualTo(-1);
            assertThat(found.size()).isEqualTo(1);
            Hits refused = Walk.over(("{\"" + root + "\":" + bad + "}").getBytes(StandardCharsets.UTF_8), plan);
            assertThat(refused.foreign()).isPositive();
        }
    }

    private static String nested(String branch, String query) {
        return "{\"" + branch + "\":" + (branch.equals("not") ? query : "[" + query + "]") + "}";
    }

    @Provide
    Arbitrary<List<String>> branches() {
        return Arbitraries.of("and", "or", "not").list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> documents() {
        return JsonDocuments.documents();
    }

    @Provide
    Arbitrary<List<String>> paths() {
        return Arbitraries.of(PATHS).list().ofMinSize(1).ofMaxSize(5).uniqueElements();
    }

    /** Bytes that are put into a document; none cuts it there. */
    @Provide
    Arbitrary<byte[]> damage() {
        return Arbitraries.of(
                new byte[0],
                new byte[] {','},
                new byte[] {'"'},
                new byte[] {'\\'},
                new byte[] {'}'},
                new byte[] {']'},
                new byte[] {':'},
                new byte[] {'0'},
                new byte[] {'.'},
                new byte[] {'-'},
                new byte[] {0},
                new byte[] {0x1F},
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xC0, (byte) 0x80},
                new byte[] {(byte) 0xC3},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xE0, (byte) 0x9F, (byte) 0xBF},
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xF0, (byte) 0x8F, (byte) 0xBF, (byte) 0xBF},
                new byte[] {(byte) 0xFF},
                "\\ud800".getBytes(StandardCharsets.US_ASCII),
                "\\udc00".getBytes(StandardCharsets.US_ASCII),
                "\\u00g0".getBytes(StandardCharsets.US_ASCII),
                "NaN".getBytes(StandardCharsets.US_ASCII),
                "1".getBytes(StandardCharsets.US_ASCII),
                "e1".getBytes(StandardCharsets.US_ASCII),
                " x".getBytes(StandardCharsets.US_ASCII),
                "/**/".getBytes(StandardCharsets.US_ASCII));
    }
}
