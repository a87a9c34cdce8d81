package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.spec.Place;
import dev.redoubt.policy.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that a configuration is made of, as they were when it was read. */
final class SourceFiles {
    private static final int MOST_BYTES = 4 << 20;

    private final Path directory;
    private final Map<Path, byte[]> contents = new LinkedHashMap<>();

    /** @param directory what relative paths begin at */
    SourceFiles(Path directory) {
        this.directory = directory;
    }

    /** Where a file is that a configuration names. */
    Path resolve(String file) {
        return directory.resolve(file).normalize();
    }

    /**
     * Reads a file.
     *
     * @param named where it is named, for messages
     * @throws SpecException where it cannot be read
     */
    byte[] read(Path file, Place named) throws SpecException {
        try {
            byte[] bytes = content(file);
            contents.put(file, bytes);
            if (bytes.length == 0 && !Files.exists(file)) {
                throw new SpecException(named, "the file " + file + " does not exist");
            }
            return bytes;
        } catch (IOException e) {
            contents.put(file, new byte[0]);
            throw new SpecException(named, "the file " + file + " cannot be read");
        }
    }

    /** Whether every file is what it was when it was read. */
    boolean areCurrent() {
        return contents.entrySet().stream().allMatch(file -> {
            try {
                return Arrays.equals(file.getValue(), content(file.getKey()));
            } catch (IOException e) {
                return file.getValue().length == 0;
            }
        });
    }

    private static byte[] content(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("larger than " + MOST_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }
}
