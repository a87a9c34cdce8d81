package dev.redoubt.wire.graphql;

import java.util.List;
import java.util.Objects;

/**
 * A field that an operation selects.
 *
 * @param path names from the root of the operation on, joined by dots: what is asked for, whatever it is called
 * @param answerPath the same by aliases: where the answer has it
 * @param arguments leaves of its arguments
 * @param directives names of those on it and on the fragments that it comes from, such as {@code skip}
 * @param directiveArguments leaves of their arguments, paths beginning with the directive's name
 */
public record SelectedField(
        String path,
        String answerPath,
        List<Argument> arguments,
        List<String> directives,
        List<Argument> directiveArguments) {
    public SelectedField {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(answerPath, "answerPath");
        arguments = List.copyOf(arguments);
        directives = List.copyOf(directives);
        directiveArguments = List.copyOf(directiveArguments);
    }
}
