package dev.redoubt.injection;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The command line that a container states: its {@code command} and its {@code args}. What an image brings of its own
 * is not known here.
 */
record CommandLine(List<String> command, List<String> args) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "ksh", "zsh");
    private static final Pattern SCRIPT_OPTION = Pattern.compile("-[a-zA-Z]*c[a-zA-Z]*");

    CommandLine {
        command = List.copyOf(Objects.requireNonNullElse(command, List.of()));
        args = List.copyOf(Objects.requireNonNullElse(args, List.of()));
    }

    static CommandLine of(Container container) {
        return new CommandLine(container.getCommand(), container.getArgs());
    }

    boolean isEmpty() {
        return command.isEmpty() && args.isEmpty();
    }

    /** Whether a shell gets a script as text ({@code sh -c "…"}), so that words after it do not reach the program. */
    boolean hasShellScript() {
        List<String> words = words();
        for (int i = 0; i + 1 < words.size(); i++) {
            String word = words.get(i);
            if (SHELLS.contains(word.substring(word.lastIndexOf('/') + 1))) {
                for (int j = i + 1; j < words.size() && words.get(j).startsWith("-"); j++) {
                    if (SCRIPT_OPTION.matcher(words.get(j)).matches()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * The values that a flag is given, in both forms; a flag that nothing follows has the value "". A flag of two words,
     * such as {@code -c port}, is given a value as {@code -c port=5432}.
     */
    List<String> values(String flag) {
        int space = flag.indexOf(' ');
        if (space > 0) {
            String setting = flag.substring(space + 1) + "=";
            return values(flag.substring(0, space)).stream()
                    .filter(value -> value.startsWith(setting))
                    .map(value -> value.substring(setting.length()))
                    .toList();
        }
        List<String> values = new ArrayList<>();
        List<String> words = words();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(flag)) {
                values.add(i + 1 < words.size() ? words.get(i + 1) : "");
                i++;
            } else if (words.get(i).startsWith(flag + "=")) {
                values.add(words.get(i).substring(flag.length() + 1));
            }
        }
        return values;
    }

    /**
     * The command line with a flag set, wherever it stands under one of its names; where it stands nowhere it is
     * appended to the arguments, or to the command where there are no arguments.
     *
     * @param names the flag's names; the first is the one that is appended
     */
    CommandLine with(List<String> names, String value) {
        List<String> words = new ArrayList<>(words());
        boolean found = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            for (String name : names) {
                if (word.equals(name) && i + 1 < words.size()) {
                    words.set(++i, value);
                    found = true;
                    break;
                }
                if (word.startsWith(name + "=")) {
                    words.set(i, name + "=" + value);
                    found = true;
                    break;
                }
            }
        }
        if (!found) {
            words.add(names.get(0));
            words.add(value);
        }
        return split(words, command.size());
    }

    /** The command line with a flag as its last word, where the last one of several counts. */
    CommandLine withLast(String flag, String value) {
        List<String> words = new ArrayList<>(words());
        int before = (int) command.stream().filter(word -> isSet(word, flag)).count();
        words.removeIf(word -> isSet(word, flag));
        words.add(flag + "=" + value);
        return split(words, command.size() - before);
    }

    private static boolean isSet(String word, String flag) {
        return word.startsWith(flag + "=");
    }

    /** Words may have been added, and where there are no arguments they belong to the command. */
    private CommandLine split(List<String> words, int ofCommand) {
        int split = args.isEmpty() ? words.size() : ofCommand;
        return new CommandLine(words.subList(0, split), words.subList(split, words.size()));
    }

    Container on(Container container) {
        return new ContainerBuilder(container)
                .withCommand(command)
                .withArgs(args)
                .build();
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(command);
        words.addAll(args);
        return words;
    }
}
