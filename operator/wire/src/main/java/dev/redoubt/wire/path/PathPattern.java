package dev.redoubt.wire.path;

import java.util.ArrayList;
import java.util.List;

/**
 * A path of a profile, parsed: keys joined by dots, {@code a|b} for either of two, {@code [*]} for any item of an array,
 * {@code *} for any key, a trailing {@code **} for everything below, {@code $} into the arguments of a
 * field that is asked for in GraphQL, where no other sign leads.
 *
 * @param steps from the root of the message on
 */
public record PathPattern(List<Step> steps) {
    private static final String ITEM = "[*]";

    public PathPattern {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path has no step");
        }
        if (steps.subList(0, steps.size() - 1).contains(Step.BELOW)) {
            throw new IllegalArgumentException("** stands only at the end of a path");
        }
    }

    /** Reads a path. */
    public static PathPattern parse(String path) {
        List<Step> steps = new ArrayList<>();
        for (String segment : path.split("\\.", -1)) {
            int bracket = segment.indexOf('[');
            String name = bracket < 0 ? segment : segment.substring(0, bracket);
            String items = bracket < 0 ? "" : segment.substring(bracket);
            // only the root has no name
            if (!name.isEmpty()) {
                steps.add(
                        switch (name) {
                            case "*" -> Step.ANY_NAME;
                            case "**" -> Step.BELOW;
                            case "$" -> Step.ARGUMENTS;
                            default -> name.indexOf('|') < 0 ? new Step.Name(name) : new Step.OneOf(alternatives(name));
                        });
            } else if (!steps.isEmpty() || items.isEmpty()) {
                throw new IllegalArgumentException("path " + path + " has an empty segment");
            }
            while (items.startsWith(ITEM)) {
                steps.add(Step.ITEM);
                items = items.substring(ITEM.length());
            }
            if (!items.isEmpty()) {
                throw new IllegalArgumentException("path " + path + " has something other than [*] in brackets");
            }
        }
        return new PathPattern(steps);
    }

    private static List<String> alternatives(String names) {
        return List.of(names.split("\\|", -1));
    }

    /** Whether it reaches to any depth. */
    public boolean endsBelow() {
        return steps.get(steps.size() - 1) == Step.BELOW;
    }

    /** The name of the member that it leads to. */
    public String lastName() {
        if (steps.get(steps.size() - 1) instanceof Step.Name name) {
            return name.name();
        }
        throw new IllegalArgumentException("a path leads to no member of one name");
    }

    /** Whether the root that it leads from is an array. */
    public boolean beginsWithItem() {
        return steps.get(0) == Step.ITEM;
    }

    /** How many arrays it goes through. */
    public int arrays() {
        return (int) steps.stream().filter(step -> step == Step.ITEM).count();
    }

    /** Whether it names a member of the root, or a member of an object that is one. */
    public boolean isSettable() {
        return steps.size() <= 2 && steps.stream().allMatch(step -> step instanceof Step.Name);
    }

    /** Path of the object that has the member, {@code null} for the root. Only of what {@link #isSettable}. */
    public String parent() {
        return steps.size() == 1 ? null : name(0);
    }

    /** Name of the member. Only of what {@link #isSettable}. */
    public String member() {
        return name(steps.size() - 1);
    }

    private String name(int step) {
        return ((Step.Name) steps.get(step)).name();
    }

    /** One step down. */
    public sealed interface Step {
        /** Into a member of any name. */
        Step ANY_NAME = new Any("*");
        /** Into any item of an array. */
        Step ITEM = new Any(PathPattern.ITEM);
        /** Into the arguments of a field that is asked for. */
        Step ARGUMENTS = new Any("$");
        /** To everything below. */
        Step BELOW = new Any("**");

        /** Into the member of that name. */
        record Name(String name) implements Step {}

        /** Into a member of any of these names. */
        record OneOf(List<String> names) implements Step {
            public OneOf {
                names = List.copyOf(names);
                if (names.contains("")) {
                    throw new IllegalArgumentException("a path has an empty name");
                }
            }
        }

        /** A step that names nothing, told apart by its sign in a path. */
        record Any(String sign) implements Step {}
    }
}
