package dev.redoubt.policy.spec;

import dev.redoubt.policy.spec.SpecNode.Kind;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Specs of YAML files. */
public final class YamlSpec {
    /** Enough for any policy; aliases of aliases would make a tree of any size of a few lines. */
    private static final int MOST_NODES = 100_000;

    private final String source;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    private YamlSpec(String source) {
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @param source its name, for messages
     * @param bytes its content, UTF-8
     * @return its documents, without empty ones
     * @throws SpecException where it is not YAML, has a field twice, or has tags or aliases that no spec needs
     */
    public static List<SpecNode> documents(String source, byte[] bytes) throws SpecException {
        YamlSpec reader = new YamlSpec(source);
        String text = reader.decode(bytes);
        List<SpecNode> documents = new ArrayList<>();
        try {
            for (Node root : new Yaml(new SafeConstructor(new LoaderOptions())).composeAll(new StringReader(text))) {
                SpecNode document = reader.node(root);
                if (!document.isNothing()) {
                    documents.add(document);
                }
            }
        } catch (MarkedYAMLException e) {
            Place place = e.getProblemMark() == null ? new Place(source, 1, 1) : reader.place(e.getProblemMark());
            throw new SpecException(place, "this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            // of a character that no YAML file has; its message shows what stands around it
            throw new SpecException(new Place(source, 1, 1), "this is not YAML");
        }
        return documents;
    }

    private String decode(byte[] bytes) throws SpecException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            int column = text.length() - text.lastIndexOf('\n');
            throw new SpecException(new Place(source, line, column), "this is not UTF-8");
        }
        return text;
    }

    private SpecNode node(Node node) throws SpecException {
        Place place = place(node.getStartMark());
        if (++nodes > MOST_NODES) {
            throw new SpecException(place, "the file has more than " + MOST_NODES + " values");
        }
        if (node instanceof ScalarNode scalar) {
            return new SpecNode.Scalar(place, kind(place, scalar.getTag()), scalar.getValue());
        }
        if (!open.add(node)) {
            throw new SpecException(place, "an alias stands inside of what it stands for");
        }
        SpecNode collection =
                node instanceof MappingNode mapping ? mapping(place, mapping) : items(place, (SequenceNode) node);
        open.remove(node);
        return collection;
    }

    private SpecNode mapping(Place place, MappingNode mapping) throws SpecException {
        requireTag(place, mapping.getTag(), Tag.MAP);
        Map<String, SpecNode> fields = new LinkedHashMap<>();
        Map<String, Place> names = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place named = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                throw new SpecException(named, "the name of a field is a word");
            }
            if (names.put(name.getValue(), named) != null) {
                throw new SpecException(named, "the field " + name.getValue() + " is there already");
            }
            fields.put(name.getValue(), node(tuple.getValueNode()));
        }
        return new SpecNode.Mapping(place, fields, names);
    }

    private SpecNode items(Place place, SequenceNode sequence) throws SpecException {
        requireTag(place, sequence.getTag(), Tag.SEQ);
        List<SpecNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(node(item));
        }
        return new SpecNode.Items(place, items);
    }

    private static void requireTag(Place place, Tag tag, Tag expected) throws SpecException {
        if (!expected.equals(tag)) {
            throw new SpecException(place, "tags are not supported");
        }
    }

    private static Kind kind(Place place, Tag tag) throws SpecException {
        // a date without quotation marks is a text in the API
        if (Tag.STR.equals(tag) || Tag.TIMESTAMP.equals(tag)) {
            return Kind.TEXT;
        }
        if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
            return Kind.NUMBER;
        }
        if (Tag.BOOL.equals(tag)) {
            return Kind.TRUTH;
        }
        if (Tag.NULL.equals(tag)) {
            return Kind.NOTHING;
        }
        throw new SpecException(place, "tags are not supported");
    }

    private Place place(Mark mark) {
        return new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
