package dev.redoubt.wire.path;

import dev.redoubt.wire.json.NameHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A state of the automaton over the paths of a message: what all of its patterns say about one place. */
public final class PathNode {
    private Rule rule;
    private int marks;
    private long[] names = {};
    private PathNode[] members = {};
    private PathNode otherMember;
    private PathNode item;
    private PathNode arguments;
    private long name;

    private PathNode() {}

    /**
     * Compiles patterns.
     *
     * @param rules what to look for; of two that match one place the earlier wins
     * @param marks places of which only the presence is noted, as bit {@code i} of {@link #marks()}; at most 32
     * @param again places where a shape begins anew, so that the paths of rules into it hold there too; a mark is of one
     *     place
     */
    public static PathNode compile(List<Entry> rules, List<PathPattern> marks, List<Again> again) {
        if (marks.size() > Integer.SIZE) {
            throw new IllegalArgumentException("more than 32 conditions in one message");
        }
        List<PathPattern> patterns = new ArrayList<>();
        rules.forEach(entry -> patterns.add(entry.pattern()));
        patterns.addAll(marks);
        again.forEach(each -> patterns.add(each.at()));
        Compiler compiler = new Compiler(rules, patterns, again);
        Set<Place> start = new LinkedHashSet<>();
        for (int i = 0; i < patterns.size(); i++) {
            compiler.arrive(new Place(i, 0), start);
        }
        return compiler.node(start);
    }

    /** What is looked for here, or {@code null}. */
    public Rule rule() {
        return rule;
    }

    /** Marks of which a value stands here, as bits. */
    public int marks() {
        return marks;
    }

    /** The state of a member that a pattern names, or {@code null}. */
    public PathNode member(long name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i] == name) {
                return members[i];
            }
        }
        return null;
    }

    /** The state of a member that no pattern names. */
    public PathNode otherMember() {
        return otherMember;
    }

    /** The state of an array's item. */
    public PathNode item() {
        return item;
    }

    /** The state of a field's arguments; {@code null} where no pattern leads into them. */
    public PathNode arguments() {
        return arguments;
    }

    /** Marks of which a value may stand in one of the members that patterns name, as bits. */
    public int memberMarks() {
        int all = 0;
        for (PathNode member : members) {
            all |= member.marks;
        }
        return all;
    }

    /** Hash of the name that a member has in truth, 0 where that is the one that it goes by. */
    public long name() {
        return name;
    }

    /**
     * The same state where members go by other names. Those that no alias names keep their own.
     *
     * @param aliases of what stands below
     */
    public PathNode under(Aliases aliases) {
        return aliases.isEmpty() ? this : renamed(aliases, new HashMap<>());
    }

    /** Which state was renamed by which aliases. */
    private record Renamed(PathNode node, Aliases aliases) {}

    private PathNode renamed(Aliases aliases, Map<Renamed, PathNode> done) {
        Renamed key = new Renamed(this, aliases);
        PathNode known = done.get(key);
        if (known != null) {
            return known;
        }
        PathNode copy = new PathNode();
        done.put(key, copy);
        copy.rule = rule;
        copy.marks = marks;
        copy.otherMember = otherMember;
        copy.item = item.renamed(aliases, done);
        copy.names = Arrays.copyOf(names, names.length + aliases.size());
        copy.members = Arrays.copyOf(members, members.length + aliases.size());
        // a name is looked up from the first on, so aliases stand before names of patterns
        System.arraycopy(names, 0, copy.names, aliases.size(), names.length);
        System.arraycopy(members, 0, copy.members, aliases.size(), members.length);
        for (int i = 0; i < aliases.size(); i++) {
            PathNode field = member(aliases.field(i));
            copy.names[i] = aliases.name(i);
            copy.members[i] = (field == null ? otherMember : field).named(aliases.field(i), aliases.below(i), done);
        }
        return copy;
    }

    private PathNode named(long field, Aliases below, Map<Renamed, PathNode> done) {
        PathNode renamed = renamed(below, done);
        PathNode copy = new PathNode();
        copy.rule = renamed.rule;
        copy.marks = renamed.marks;
        copy.names = renamed.names;
        copy.members = renamed.members;
        copy.otherMember = renamed.otherMember;
        copy.item = renamed.item;
        copy.name = field;
        return copy;
    }

    /** Whether nothing below is looked for by a pattern of its own. */
    public boolean isLeaf() {
        return names.length == 0 && otherMember.isDead() && item.isDead();
    }

    private boolean isDead() {
        return rule == null && marks == 0 && otherMember == this && item == this && names.length == 0;
    }

    /** Compiles patterns of which none leads into itself. */
    public static PathNode compile(List<Entry> rules, List<PathPattern> marks) {
        return compile(rules, marks, List.of());
    }

    /**
     * That a shape begins anew.
     *
     * @param at where
     * @param of the path to the shape, the first steps of the patterns that lead into it
     */
    public record Again(PathPattern at, PathPattern of) {}

    /**
     * A pattern and what it stands for.
     *
     * @param pattern where
     * @param rule what
     */
    public record Entry(PathPattern pattern, Rule rule) {}

    /** How far one pattern has been followed. */
    private record Place(int pattern, int step) {}

    /** Subset construction: a node is the set of places that all patterns may be at. */
    private static final class Compiler {
        private final List<Entry> rules;
        private final List<PathPattern> patterns;
        private final List<Again> again;
        /** Number of the first pattern that is a place where a shape begins anew. */
        private final int first;

        private final Map<Set<Place>, PathNode> nodes = new HashMap<>();

        private Compiler(List<Entry> rules, List<PathPattern> patterns, List<Again> again) {
            this.rules = rules;
            this.patterns = patterns;
            this.again = again;
            this.first = patterns.size() - again.size();
        }

        private PathNode node(Set<Place> places) {
            PathNode known = nodes.get(places);
            if (known != null) {
                return known;
            }
            PathNode node = new PathNode();
            nodes.put(places, node);
            Map<String, Set<Place>> named = new TreeMap<>();
            Set<Place> anyName = new LinkedHashSet<>();
            Set<Place> anyItem = new LinkedHashSet<>();
            Set<Place> arguments = new LinkedHashSet<>();
            for (Place place : places) {
                List<PathPattern.Step> steps = patterns.get(place.pattern()).steps();
                if (place.step() == steps.size()) {
                    accept(node, place.pattern());
                    if (patterns.get(place.pattern()).endsBelow()) {
                        anyName.add(place);
                        anyItem.add(place);
                    }
                    continue;
                }
                PathPattern.Step step = steps.get(place.step());
                Place next = new Place(place.pattern(), place.step() + 1);
                if (step instanceof PathPattern.Step.Name name) {
                    arrive(next, named.computeIfAbsent(name.name(), any -> new LinkedHashSet<>()));
                }
                if (step instanceof PathPattern.Step.OneOf several) {
                    several.names()
                            .forEach(name -> arrive(next, named.computeIfAbsent(name, any -> new LinkedHashSet<>())));
                }
                if (step instanceof PathPattern.Step.OneOf several) {
                    several.names().forEach(name -> named.computeIfAbsent(name, any -> new LinkedHashSet<>())
                            .add(next));
                }
                if (step == PathPattern.Step.ANY_NAME || step == PathPattern.Step.BELOW) {
                    arrive(next, anyName);
                }
                if (step == PathPattern.Step.ARGUMENTS) {
                    arguments.add(next);
                }
                if (step == PathPattern.Step.ITEM || step == PathPattern.Step.BELOW) {
                    arrive(next, anyItem);
                }
            }
            node.otherMember = node(anyName);
            node.item = node(anyItem);
            node.arguments = arguments.isEmpty() ? null : node(arguments);
            node.names = new long[named.size()];
            node.members = new PathNode[named.size()];
            int i = 0;
            for (Map.Entry<String, Set<Place>> each : named.entrySet()) {
                Set<Place> both = new LinkedHashSet<>(each.getValue());
                both.addAll(anyName);
                node.names[i] = NameHash.of(each.getKey());
                node.members[i++] = node(both);
            }
            return node;
        }

        /** Adds a place, and those where the shape begins that is the shape of what stands there. */
        private void arrive(Place place, Set<Place> places) {
            if (!places.add(place)) {
                return;
            }
            int ended = place.pattern() - first;
            if (ended < 0
                    || place.step() < patterns.get(place.pattern()).steps().size()) {
                return;
            }
            List<PathPattern.Step> shape = again.get(ended).of().steps();
            for (int pattern = 0; pattern < patterns.size(); pattern++) {
                List<PathPattern.Step> steps = patterns.get(pattern).steps();
                boolean isMark = pattern >= rules.size() && pattern < first;
                if (!isMark
                        && steps.size() > shape.size()
                        && steps.subList(0, shape.size()).equals(shape)) {
                    arrive(new Place(pattern, shape.size()), places);
                }
            }
        }

        private void accept(PathNode node, int pattern) {
            if (pattern >= first) {
                return;
            }
            if (pattern >= rules.size()) {
                node.marks |= 1 << pattern - rules.size();
            } else if (node.rule == null
                    || node.rule.index() > rules.get(pattern).rule().index()) {
                node.rule = rules.get(pattern).rule();
            }
        }
    }
}
