package dev.redoubt.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What the scripts of {@code e2e/clients} saw, as two tables of Markdown: what became of every operation of a client
 * through the guard, and by which side doors a value comes back without a guard and with one.
 */
final class ClientTable {
    private final List<String> operations = new ArrayList<>();
    private final List<String> doors = new ArrayList<>();

    /** Adds what one script saw of a server without a guard and of the same server with one. */
    void add(JsonNode bare, JsonNode guarded) {
        String subject = guarded.get("engine").textValue() + " | "
                + guarded.get("client").textValue();
        for (JsonNode row : guarded.get("operations")) {
            operations.add(row(
                    subject,
                    row.get("operation").textValue(),
                    row.get("outcome").textValue(),
                    row.path("error").asText("")));
        }
        Map<String, Boolean> before = doors(bare);
        doors(guarded).forEach((door, open) -> doors.add(row(subject, door, word(before.get(door)), word(open))));
    }

    /** Adds a port of a pod that no client needs; {@code null} where it is not there without a guard. */
    void addPort(String workload, int port, Boolean bare, boolean guarded) {
        doors.add(row(workload + " | a socket", "port " + port + " of the pod", word(bare), word(guarded)));
    }

    @Override
    public String toString() {
        return """
                | engine | client | operation | through the guard | raises |
                |---|---|---|---|---|
                %s

                | engine | client | side door | without a guard | through the guard |
                |---|---|---|---|---|
                %s
                """
                .formatted(String.join("\n", operations), String.join("\n", doors));
    }

    static Map<String, Boolean> doors(JsonNode report) {
        return StreamSupport.stream(report.get("doors").spliterator(), false)
                .collect(Collectors.toMap(
                        row -> row.get("door").textValue(),
                        row -> row.get("open").booleanValue(),
                        (first, second) -> first || second,
                        LinkedHashMap::new));
    }

    private static String word(Boolean open) {
        return open == null ? "not there" : open ? "open" : "closed";
    }

    private static String row(String subject, String... cells) {
        return "| " + subject + " | "
                + List.of(cells).stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | "))
                + " |";
    }
}
