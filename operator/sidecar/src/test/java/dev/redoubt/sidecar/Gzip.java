package dev.redoubt.sidecar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Compresses what tests send. */
final class Gzip {
    private Gzip() {}

    /** One member, in which each part ends a block. */
    static byte[] gzip(String... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 512, true)) {
            for (String part : parts) {
                gzip.write(part.getBytes(StandardCharsets.UTF_8));
                gzip.flush();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
