package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.Keyring;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;

/** Makes key rings. */
final class KeyringFile {
    private static final int KEY_BYTES = 32;
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private KeyringFile() {}

    /** A key ring of random keys. */
    static Keyring random() {
        SecureRandom random = new SecureRandom();
        byte[] data = new byte[KEY_BYTES];
        byte[] token = new byte[KEY_BYTES];
        random.nextBytes(data);
        random.nextBytes(token);
        return new Keyring(1, Map.of(1, data), token);
    }

    /**
     * Writes a new key ring that only its owner may read. Never replaces a file: what was sealed with its keys would be
     * lost.
     *
     * @throws IOException where the file exists or cannot be written
     */
    static void create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        ByteBuffer bytes = ByteBuffer.wrap(random().json());
        try (SeekableByteChannel channel = Files.newByteChannel(file, NEW, attributes)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
