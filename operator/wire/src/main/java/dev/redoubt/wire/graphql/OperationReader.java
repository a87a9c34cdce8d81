package dev.redoubt.wire.graphql;

import dev.redoubt.wire.graphql.GraphQlFault.Kind;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists what the operations of a document ask for, fragments put in their places, as far as the limits allow. */
final class OperationReader {
    private static final String NO_NAME = "null";

    private final GraphQlLimits limits;
    private final SourceText source;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int steps;
    private int aliases;
    private int leaves;

    private OperationReader(GraphQlLimits limits, SourceText source) {
        this.limits = limits;
        this.source = source;
    }

    static List<Operation> read(Document document, GraphQlLimits limits, SourceText source) throws GraphQlFault {
        OperationReader reader = new OperationReader(limits, source);
        List<OperationDefinition> definitions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Definition<?> definition : document.getDefinitions()) {
            if (definition instanceof FragmentDefinition fragment) {
                if (reader.fragments.put(fragment.getName(), fragment) != null) {
                    throw new GraphQlFault(Kind.DuplicateName);
                }
            } else if (definition instanceof OperationDefinition operation) {
                ArgumentReader.requireNew(names, String.valueOf(operation.getName()));
                definitions.add(operation);
                if (names.size() > 1 && names.contains(NO_NAME)) {
                    // an operation without a name stands alone
                    throw new GraphQlFault(Kind.DuplicateName);
                }
            } else {
                throw new GraphQlFault(Kind.Definition);
            }
        }
        if (definitions.isEmpty()) {
            throw new GraphQlFault(Kind.Syntax);
        }
        List<Operation> operations = new ArrayList<>();
        for (OperationDefinition definition : definitions) {
            operations.add(reader.operation(definition));
        }
        return operations;
    }

    private Operation operation(OperationDefinition definition) throws GraphQlFault {
        List<Operation.Variable> variables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (VariableDefinition variable : definition.getVariableDefinitions()) {
            ArgumentReader.requireNew(names, variable.getName());
            variables.add(new Operation.Variable(
                    variable.getName(),
                    variable.getDefaultValue() == null
                            ? List.of()
                            : ArgumentReader.leaves(
                                    variable.getName(), variable.getDefaultValue(), limits.depth(), source)));
        }
        List<SelectedField> fields = new ArrayList<>();
        select(definition.getSelectionSet(), new Place("", "", List.of(), 0), fields);
        return new Operation(
                switch (definition.getOperation()) {
                    case QUERY -> Operation.Kind.Query;
                    case MUTATION -> Operation.Kind.Mutation;
                    case SUBSCRIPTION -> Operation.Kind.Subscription;
                },
                definition.getName(),
                variables,
                names(definition.getDirectives()),
                fields);
    }

    /** Where selections stand, and the directives that apply there. */
    private record Place(String path, String answerPath, List<Directive> directives, int depth) {
        Place inside(List<Directive> more) {
            if (more.isEmpty()) {
                return this;
            }
            List<Directive> all = new ArrayList<>(directives);
            all.addAll(more);
            return new Place(path, answerPath, all, depth);
        }
    }

    private void select(SelectionSet selections, Place place, List<SelectedField> fields) throws GraphQlFault {
        if (selections == null) {
            return;
        }
        if (place.depth() >= limits.depth()) {
            throw new GraphQlFault(Kind.Depth);
        }
        for (Selection<?> selection : selections.getSelections()) {
            // fragments count too: nested ones that select nothing would double with every level
            if (++steps > limits.fields()) {
                throw new GraphQlFault(Kind.Size);
            }
            if (selection instanceof Field field) {
                field(field, place, fields);
            } else if (selection instanceof InlineFragment fragment) {
                select(fragment.getSelectionSet(), place.inside(fragment.getDirectives()), fields);
            } else if (selection instanceof FragmentSpread spread) {
                FragmentDefinition fragment = fragments.get(spread.getName());
                if (fragment == null || !open.add(spread.getName())) {
                    throw new GraphQlFault(Kind.Fragment);
                }
                Place inside = place.inside(spread.getDirectives()).inside(fragment.getDirectives());
                select(fragment.getSelectionSet(), inside, fields);
                open.remove(spread.getName());
            }
        }
    }

    private void field(Field field, Place place, List<SelectedField> fields) throws GraphQlFault {
        if (field.getAlias() != null && ++aliases > limits.aliases()) {
            throw new GraphQlFault(Kind.Aliases);
        }
        String dot = place.path().isEmpty() ? "" : ".";
        String path = place.path() + dot + field.getName();
        String answerPath = place.answerPath() + dot + field.getResultKey();
        List<Directive> directives = place.inside(field.getDirectives()).directives();
        ArgumentReader.requireShort(path);
        ArgumentReader.requireShort(answerPath);
        List<Argument> directiveArguments = new ArrayList<>();
        for (Directive directive : directives) {
            directiveArguments.addAll(leaves(directive.getName() + ".", directive.getArguments()));
        }
        SelectedField selected = new SelectedField(
                path, answerPath, leaves("", field.getArguments()), names(directives), directiveArguments);
        source.enter(selected, field);
        fields.add(selected);
        // directives of a field apply to it and so to what it holds, of which they are not told again
        select(field.getSelectionSet(), new Place(path, answerPath, List.of(), place.depth() + 1), fields);
    }

    /** Those of fragments count once for each use, so that no request is listed at more length than it may have. */
    private List<Argument> leaves(String prefix, List<graphql.language.Argument> arguments) throws GraphQlFault {
        List<Argument> found = ArgumentReader.leaves(prefix, arguments, limits.depth(), source);
        leaves += found.size();
        if (leaves > limits.tokens()) {
            throw new GraphQlFault(Kind.Size);
        }
        return found;
    }

    private static List<String> names(List<Directive> directives) {
        return directives.stream().map(Directive::getName).toList();
    }
}
