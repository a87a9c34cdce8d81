package dev.redoubt.sidecar.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Folders with configurations, as tests need them. */
public final class Folders {
    /** API key of the client assistant. */
    public static final String KEY = "0123456789abcdef0123456789abcdef-assistant";

    /** Guards a Chroma; the keys it needs are there. */
    public static final String CHROMA =
            """
            name: support
            keyring: keyring.json
            targets:
            - name: docs
              listen: 0
              healthPort: 0
              upstream: %s
              profile: Chroma
              retrieval: {maxResults: 5}
            clients:
            - name: assistant
              apiKeyFile: assistant.key
              allow: [{target: docs, operations: [Query, Ingest]}]
            redaction:
              rules:
              - {entities: [EMAIL_ADDRESS], at: [Ingest, Query, Retrieve], action: Replace}
              - {entities: [CREDIT_CARD], at: [Ingest, Query], action: Block}
            """;

    private Folders() {}

    /** Writes a configuration and the key of its client; returns the configuration's file. */
    public static Path with(Path folder, String config) throws IOException {
        Files.writeString(folder.resolve("assistant.key"), KEY + "\n");
        if (!Files.exists(folder.resolve("keyring.json"))) {
            KeyringFile.create(folder.resolve("keyring.json"));
        }
        return write(folder.resolve("guard.yaml"), config);
    }

    /** Replaces a file in one step. */
    public static Path write(Path file, String content) throws IOException {
        Path written =
                Files.write(file.resolveSibling("." + file.getFileName()), content.getBytes(StandardCharsets.UTF_8));
        return Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
