package dev.redoubt.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two identities of a run, from a mounted Secret. Has no readable form on purpose. */
final class ApiKeys {
    private final String attacker;
    private final String writer;

    private ApiKeys(String attacker, String writer) {
        this.attacker = attacker;
        this.writer = writer;
    }

    /**
     * Reads the files {@code attacker} and {@code writer}.
     *
     * @throws IOException where one is missing or empty; without any of the content
     */
    static ApiKeys read(Path directory) throws IOException {
        return new ApiKeys(key(directory.resolve("attacker")), key(directory.resolve("writer")));
    }

    private static String key(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no API key in the file " + file);
        }
        String key = Files.readString(file).strip();
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IOException("the file " + file + " holds no API key");
        }
        return key;
    }

    String attacker() {
        return attacker;
    }

    String writer() {
        return writer;
    }
}
