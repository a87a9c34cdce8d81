package dev.redoubt.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a script of {@code e2e/clients} saw: its tables of operations and side doors, and the values that it kept. */
record MatrixReport(JsonNode root) {
    static MatrixReport parse(String output) throws IOException {
        return new MatrixReport(new ObjectMapper().readTree(output));
    }

    /** How each operation ended, by its name. */
    Map<String, String> outcomes() {
        Map<String, String> outcomes = new TreeMap<>();
        root.get("operations")
                .forEach(row -> outcomes.put(
                        row.get("operation").textValue(), row.get("outcome").textValue()));
        return outcomes;
    }

    /** The exception that the client raised in an operation, and its text; empty where it raised none. */
    String error(String operation) {
        for (JsonNode row : root.get("operations")) {
            if (row.get("operation").textValue().equals(operation) && row.has("error")) {
                return row.get("error").textValue() + ": " + row.get("text").textValue();
            }
        }
        return "";
    }

    /** Whether each side door gave a secret or a vector back, by its name. */
    Map<String, Boolean> doors() {
        Map<String, Boolean> doors = new TreeMap<>();
        root.get("doors")
                .forEach(row ->
                        doors.put(row.get("door").textValue(), row.get("open").booleanValue()));
        return doors;
    }

    JsonNode value(String name) {
        return root.get("values").get(name);
    }

    /** The two tables, side by side with those of another run. */
    String compared(MatrixReport other) {
        String operations = outcomes().entrySet().stream()
                .map(row -> String.format(
                        "%-34s %-12s %s", row.getKey(), other.outcomes().get(row.getKey()), row.getValue()))
                .collect(Collectors.joining("\n"));
        String doors = doors().entrySet().stream()
                .map(row -> String.format(
                        "%-34s %-12s %s", row.getKey(), state(other.doors().get(row.getKey())), state(row.getValue())))
                .collect(Collectors.joining("\n"));
        String who = root.get("engine").textValue() + ", " + root.get("client").textValue();
        return String.format(
                "%s%n%-34s %-12s %s%n%s%n%n%-34s %-12s %s%n%s%n",
                who, "operation", "direct", "guarded", operations, "side door", "direct", "guarded", doors);
    }

    private static String state(Boolean open) {
        return Boolean.TRUE.equals(open) ? "open" : "closed";
    }
}
