package dev.redoubt.wire.path;

import java.util.ArrayList;
import java.util.List;

/**
 * A path of a profile, parsed: keys joined by dots, {@code [*]} for any item of an array, {@code *} for any key, a
 * trailing {@code **} for everything below.
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
                            default -> new Step.Name(name);
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

    /** Whether it reaches to any depth. */
    public boolean endsBelow() {
        return steps.get(steps.size() - 1) == Step.BELOW;
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
        /** To everything below. */
        Step BELOW = new Any("**");

        /** Into the member of that name. */
        record Name(String name) implements Step {}

        /** A step that names nothing, told apart by its sign in a path. */
        record Any(String sign) implements Step {}
    }
}
