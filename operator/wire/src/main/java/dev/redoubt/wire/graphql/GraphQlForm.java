package dev.redoubt.wire.graphql;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Form;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import java.util.List;

/**
 * A request of GraphQL over HTTP: an object of {@code query}, {@code variables} and {@code operationName}. What is asked
 * for is looked at as if it was JSON: fields by their names, whatever they are called in the answer, and below {@code $}
 * their arguments.
 *
 * <p>Source: GraphQL over HTTP, section Request Parameters.
 *
 * @param root the automaton of the patterns
 * @param others what happens to fields and arguments that no pattern matches
 * @param defaults arguments whose absence is told as {@link Hits.Kind#Absent}; a field that has one is asked for once
 * @param absences marks, as bits, that are about absence: they stand where the argument is there in every field that may
 *     have it
 * @param maxDepth the deepest nesting of the JSON around it
 */
public record GraphQlForm(PathNode root, Others others, List<Default> defaults, int absences, int maxDepth)
        implements Form {
    public GraphQlForm {
        defaults = List.copyOf(defaults);
    }

    /**
     * An argument that servers have a default for.
     *
     * @param rule index of the rule that is about it
     * @param name its name
     */
    public record Default(int rule, String name) {}

    @Override
    public Draft read(byte[] message, Hits into) throws MessageFault {
        return new GraphQlReading(this, message, into).read();
    }
}
