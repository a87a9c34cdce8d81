package dev.redoubt.wire.graphql;

import dev.redoubt.wire.graphql.GraphQlFault.Kind;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists the leaves of values. */
final class ArgumentReader {
    /** Chars of a path. */
    private static final int LONGEST_PATH = 1024;

    private final int maxDepth;
    private final SourceText source;
    private final List<Argument> leaves = new ArrayList<>();

    private ArgumentReader(int maxDepth, SourceText source) {
        this.maxDepth = maxDepth;
        this.source = source;
    }

    /** The leaves of arguments; paths begin with their names behind a prefix. */
    static List<Argument> leaves(
            String prefix, List<graphql.language.Argument> arguments, int maxDepth, SourceText source)
            throws GraphQlFault {
        ArgumentReader reader = new ArgumentReader(maxDepth, source);
        Set<String> names = new HashSet<>();
        for (graphql.language.Argument argument : arguments) {
            requireNew(names, argument.getName());
            reader.read(prefix + argument.getName(), argument.getValue(), 0);
        }
        return reader.leaves;
    }

    /** The leaves of one value. */
    static List<Argument> leaves(String path, Value<?> value, int maxDepth, SourceText source) throws GraphQlFault {
        ArgumentReader reader = new ArgumentReader(maxDepth, source);
        reader.read(path, value, 0);
        return reader.leaves;
    }

    private void read(String path, Value<?> value, int depth) throws GraphQlFault {
        if (depth > maxDepth) {
            throw new GraphQlFault(Kind.Depth);
        }
        requireShort(path);
        if (value instanceof ArrayValue array) {
            for (Value<?> item : array.getValues()) {
                read(path + "[*]", item, depth + 1);
            }
            requireLeaf(path, array.getValues().isEmpty());
        } else if (value instanceof ObjectValue object) {
            Set<String> names = new HashSet<>();
            for (ObjectField member : object.getObjectFields()) {
                requireNew(names, member.getName());
                read(path + "." + member.getName(), member.getValue(), depth + 1);
            }
            requireLeaf(path, object.getObjectFields().isEmpty());
        } else {
            Argument leaf = leaf(path, value);
            source.enter(leaf, value);
            leaves.add(leaf);
        }
    }

    /** A path without a value under it is told of too: it may switch something on. */
    private void requireLeaf(String path, boolean empty) {
        if (empty) {
            leaves.add(new Argument(path, Argument.Kind.Empty, ""));
        }
    }

    private static Argument leaf(String path, Value<?> value) {
        if (value instanceof StringValue text) {
            return new Argument(path, Argument.Kind.String, text.getValue());
        } else if (value instanceof IntValue number) {
            return new Argument(path, Argument.Kind.Number, number.getValue().toString());
        } else if (value instanceof FloatValue number) {
            return new Argument(path, Argument.Kind.Number, number.getValue().toString());
        } else if (value instanceof BooleanValue bool) {
            return new Argument(path, Argument.Kind.Boolean, String.valueOf(bool.isValue()));
        } else if (value instanceof EnumValue constant) {
            return new Argument(path, Argument.Kind.Enum, constant.getName());
        } else if (value instanceof NullValue) {
            return new Argument(path, Argument.Kind.Null, "null");
        } else if (value instanceof VariableReference variable) {
            return new Argument(path, Argument.Kind.Variable, variable.getName());
        }
        throw new IllegalStateException(
                "a value of the kind " + value.getClass().getSimpleName());
    }

    /** Names are of any length, and a path is made again for each field of a fragment. */
    static void requireShort(String path) throws GraphQlFault {
        if (path.length() > LONGEST_PATH) {
            throw new GraphQlFault(Kind.Size);
        }
    }

    static void requireNew(Set<String> names, String name) throws GraphQlFault {
        if (!names.add(name)) {
            throw new GraphQlFault(Kind.DuplicateName);
        }
    }
}
