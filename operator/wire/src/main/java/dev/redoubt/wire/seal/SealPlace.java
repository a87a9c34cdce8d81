package dev.redoubt.wire.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a sealed value belongs. It opens nowhere else.
 *
 * @param tenant the store's tenant, empty where it has none
 * @param collection the collection as requests name it
 */
public record SealPlace(String tenant, String collection) {
    public SealPlace {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(collection, "collection");
    }

    /**
     * The additional authenticated data of one value: UTF-8 of tenant, collection, record id and field, each after
     * its length as four bytes, most significant first.
     */
    byte[] bind(byte[] record, byte[] field) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        for (byte[] part : new byte[][] {
            tenant.getBytes(StandardCharsets.UTF_8), collection.getBytes(StandardCharsets.UTF_8), record, field
        }) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.write(part.length >>> shift);
            }
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
