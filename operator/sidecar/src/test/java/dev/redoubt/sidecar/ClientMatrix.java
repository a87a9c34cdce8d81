package dev.redoubt.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a script of {@code e2e/clients} saw: what became of each operation of a client, and which side doors are open. */
record ClientMatrix(JsonNode report) {
    static final Path CLIENTS = Path.of(System.getProperty("redoubt.root"), "e2e", "clients");

    /** Runs a script, such as {@code openai.py}, to its end and prints both of its tables. */
    static ClientMatrix of(String script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("python3", CLIENTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        ClientMatrix matrix = new ClientMatrix(new ObjectMapper().readTree(Program.run(command, environment)));
        System.out.println(matrix.table(String.join(" ", arguments)));
        return matrix;
    }

    /** What a client needs beside the packages of the images. */
    static Path requirements(String client) {
        return CLIENTS.resolve(client + "-requirements.txt");
    }

    /** Outcome of an operation: allowed, transformed or refused. */
    String outcome(String operation) {
        return operation(operation).get("outcome").textValue();
    }

    /** Name of the exception that an operation raised. */
    String error(String operation) {
        return operation(operation).path("error").textValue();
    }

    /** Text of the exception that an operation raised. */
    String text(String operation) {
        return operation(operation).path("text").textValue();
    }

    /** Name and text of the exception that an operation raised; empty where it raised none. */
    String raised(String operation) {
        return operation(operation).has("error") ? error(operation) + ": " + text(operation) : "";
    }

    JsonNode value(String name) {
        return report.get("values").get(name);
    }

    /** How each operation ended, by its name. */
    Map<String, String> outcomes() {
        Map<String, String> outcomes = new TreeMap<>();
        rows("operations")
                .forEach(row -> outcomes.put(
                        row.get("operation").textValue(), row.get("outcome").textValue()));
        return outcomes;
    }

    List<String> operations(String outcome) {
        return rows("operations")
                .filter(row -> row.get("outcome").textValue().equals(outcome))
                .map(row -> row.get("operation").textValue())
                .toList();
    }

    List<String> openDoors() {
        return doors(true);
    }

    List<String> closedDoors() {
        return doors(false);
    }

    private List<String> doors(boolean open) {
        return rows("doors")
                .filter(row -> row.get("open").booleanValue() == open)
                .map(row -> row.get("door").textValue())
                .toList();
    }

    private JsonNode operation(String name) {
        return rows("operations")
                .filter(row -> row.get("operation").textValue().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + name));
    }

    private Stream<JsonNode> rows(String table) {
        return StreamSupport.stream(report.get(table).spliterator(), false);
    }

    private String table(String title) {
        StringBuilder table = new StringBuilder(
                report.get("engine").textValue() + ", " + report.get("client").textValue() + ", " + title + "\n");
        rows("operations")
                .forEach(row -> table.append("  %-12s %s %s %s%n"
                        .formatted(
                                row.get("outcome").textValue(),
                                row.get("operation").textValue(),
                                row.path("error").asText(""),
                                row.path("text").asText(""))));
        rows("doors")
                .forEach(row -> table.append("  %-12s %s%n"
                        .formatted(
                                row.get("open").booleanValue() ? "door open" : "door closed",
                                row.get("door").textValue())));
        return table.toString();
    }
}
