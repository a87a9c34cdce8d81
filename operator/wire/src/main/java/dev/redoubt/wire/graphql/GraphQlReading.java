package dev.redoubt.wire.graphql;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.wire.graphql.GraphQlFault.Kind;
import dev.redoubt.wire.graphql.GraphQlForm.Default;
import dev.redoubt.wire.graphql.SourceText.Literal;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.Aliases;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Reach;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through what one request asks for and finds what the patterns look for. */
final class GraphQlReading {
    private static final String ITEM = "[*]";
    private static final String DATA = "data";

    private final GraphQlForm form;
    private final byte[] message;
    private final Hits hits;
    private final Map<String, PathNode> nodes = new HashMap<>();
    private final Map<String, Aliases> aliases = new HashMap<>();
    private final Map<Literal, Rule> rules = new IdentityHashMap<>();
    private Envelope envelope;
    private GraphQlRequest request;
    private Operation operation;
    private GraphQlDraft draft;
    private int given;
    private int possible;
    private int missing;
    private boolean limited;

    GraphQlReading(GraphQlForm form, byte[] message, Hits hits) {
        this.form = form;
        this.message = message;
        this.hits = hits;
    }

    /** Where something stands in the patterns, and the rule of what it stands in. */
    private record Place(PathNode node, Rule inherited) {
        Rule rule() {
            return node.rule() == null ? inherited : node.rule();
        }

        Place to(PathNode below) {
            Rule rule = rule();
            boolean reachesDown = rule != null && (rule.reach() == Reach.Copied || rule.reach() == Reach.Scalars);
            return new Place(below, reachesDown ? rule : null);
        }
    }

    GraphQlDraft read() throws JsonFault, GraphQlFault {
        hits.clear();
        envelope = Envelope.of(message, form.maxDepth());
        if (envelope.foreign() >= 0) {
            hits.foreign(envelope.foreign());
        }
        request = GraphQlRequest.parse(envelope.text(), GraphQlLimits.DEFAULT);
        operation = request.operations().get(0);
        if (request.operations().size() > 1 || operation.kind() != Operation.Kind.Query) {
            throw new GraphQlFault(Kind.Operation);
        }
        if (!operation.directives().isEmpty()) {
            foreign();
        }
        Aliases answer = new Aliases();
        aliases.put("", answer.add(DATA, DATA));
        nodes.put("", form.root());
        draft = new GraphQlDraft(message, hits, envelope.span(), request, answer);
        Set<String> inner = new HashSet<>();
        operation.fields().forEach(field -> inner.add(outer(field.path())));
        for (SelectedField field : operation.fields()) {
            field(field, inner.contains(field.path()));
        }
        envelope.requireTaken();
        hits.mark(given & ~form.absences() | form.absences() & ~(possible & missing));
        hits.root(1, 0, message.length);
        return draft;
    }

    private static String outer(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private void foreign() {
        if (form.others() == Others.Refuse) {
            hits.foreign(envelope.span().start());
        }
    }

    private void field(SelectedField field, boolean isOuter) throws GraphQlFault {
        String name = last(field.path());
        PathNode node = nodes.computeIfAbsent(field.path(), path -> below(nodes.get(outer(path)), name));
        Aliases below = aliases.get(outer(field.answerPath())).add(last(field.answerPath()), name);
        if (below == null) {
            throw new GraphQlFault(Kind.DuplicateName);
        }
        aliases.put(field.answerPath(), below);
        given |= node.marks();
        Rule rule = node.rule();
        if (rule == null && !isOuter || !field.directives().isEmpty()) {
            foreign();
        }
        // an object is asked for by what is asked for in it
        boolean isAsked = isOuter ? rule != null && rule.reach() == Reach.Scalar : rule != null;
        if (isAsked && rule.reach() != Reach.Copied) {
            draft.name(hit(rule, Hits.Kind.String, 0), name);
        }
        arguments(field, node.arguments());
    }

    private static PathNode below(PathNode node, String name) {
        PathNode member = node.member(NameHash.of(name));
        return member == null ? node.otherMember() : member;
    }

    private void arguments(SelectedField field, PathNode node) throws GraphQlFault {
        if (node == null) {
            if (!field.arguments().isEmpty()) {
                foreign();
            }
            return;
        }
        int before = given;
        given = 0;
        Map<String, GraphQlDraft.Whole> wholes = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (Argument argument : field.arguments()) {
            names.add(steps(argument.path()).get(0));
            argument(argument, node, wholes);
        }
        possible |= node.memberMarks();
        missing |= node.memberMarks() & ~given;
        given |= before;
        for (Default each : form.defaults()) {
            PathNode argument = node.member(NameHash.of(each.name()));
            if (argument != null && argument.rule() != null && argument.rule().index() == each.rule()) {
                limit(field, each, argument.rule(), names.contains(each.name()));
            }
        }
    }

    private void limit(SelectedField field, Default argument, Rule rule, boolean isGiven) throws GraphQlFault {
        if (limited) {
            throw new GraphQlFault(Kind.Several);
        }
        limited = true;
        if (!isGiven) {
            draft.argument(hit(rule, Hits.Kind.Absent, 0), field, argument.name());
        }
    }

    private static List<String> steps(String path) {
        return List.of(path.replace(ITEM, "." + ITEM).split("\\."));
    }

    /** @param wholes what was found as a whole, by the path of the list that its leaves stand in */
    private void argument(Argument argument, PathNode arguments, Map<String, GraphQlDraft.Whole> wholes)
            throws GraphQlFault {
        Place place = new Place(arguments, null);
        List<String> steps = steps(argument.path());
        for (int i = 0; i < steps.size(); i++) {
            boolean isItem = steps.get(i).equals(ITEM);
            place = place.to(isItem ? place.node().item() : below(place.node(), steps.get(i)));
            if (argument.kind() != Argument.Kind.Null && argument.kind() != Argument.Kind.Empty) {
                given |= place.node().marks();
            }
            Rule rule = place.rule();
            if (rule != null && rule.reach() == Reach.Whole && i < steps.size() - 1) {
                whole(argument, rule, wholes);
                return;
            }
        }
        leaf(argument, place.rule());
    }

    private void whole(Argument argument, Rule rule, Map<String, GraphQlDraft.Whole> wholes) throws GraphQlFault {
        boolean isItem = argument.path().endsWith(ITEM);
        String list = isItem ? argument.path().substring(0, argument.path().length() - ITEM.length()) : argument.path();
        GraphQlDraft.Whole whole = wholes.get(list);
        if (whole == null) {
            whole = draft.whole(hit(rule, Hits.Kind.Array, 0));
            wholes.put(list, whole);
        }
        boolean isNumber = argument.kind() == Argument.Kind.Number && isItem && !list.endsWith(ITEM);
        whole.add(isNumber ? request.literal(argument) : null);
        if (argument.kind() == Argument.Kind.Variable) {
            envelope.take(argument.value());
        }
    }

    private void leaf(Argument argument, Rule rule) throws GraphQlFault {
        if (argument.kind() == Argument.Kind.Variable) {
            variable(argument, rule);
        } else if (rule == null || argument.kind() == Argument.Kind.Null) {
            foreign();
        } else if (rule.reach() != Reach.Copied) {
            switch (argument.kind()) {
                case String, Number -> literal(argument, rule);
                case Boolean -> hit(rule, argument.value().equals("true") ? Hits.Kind.True : Hits.Kind.False, 0);
                // a word of the schema, which is no text of anybody
                case Enum -> {
                    if (rule.reach() != Reach.Scalar && rule.reach() != Reach.Scalars) {
                        draft.name(hit(rule, Hits.Kind.String, 0), argument.value());
                    }
                }
                default -> hit(rule, Hits.Kind.Array, 0);
            }
        }
    }

    private void literal(Argument argument, Rule rule) throws GraphQlFault {
        Literal literal = request.literal(argument);
        Rule before = rules.put(literal, rule);
        if (before == null) {
            boolean isText = argument.kind() == Argument.Kind.String;
            draft.literal(hit(rule, isText ? Hits.Kind.EscapedString : Hits.Kind.Number, literal.start()), literal);
        } else if (before != rule) {
            // a fragment that is used where its arguments mean something else
            throw new GraphQlFault(Kind.Fragment);
        }
    }

    private void variable(Argument argument, Rule rule) throws GraphQlFault {
        boolean hasFallback = operation.variables().stream()
                .filter(variable -> variable.name().equals(argument.value()))
                .anyMatch(variable -> !variable.fallback().isEmpty());
        if (hasFallback) {
            throw new GraphQlFault(Kind.Variable);
        }
        Envelope.Given value = envelope.take(argument.value());
        if (rule == null) {
            foreign();
        } else if (rule.reach() != Reach.Copied) {
            draft.variable(hit(rule, value.kind(), value.span().start()), value);
        }
    }

    private int hit(Rule rule, Hits.Kind kind, int start) {
        long field = rule.naming() == Rule.Naming.Fixed ? rule.field() : 0;
        return hits.add(rule, kind, start, start, 0, 0, field, 0);
    }
}
