package dev.redoubt.wire.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a sealed value belongs. It opens nowhere else.
 *
 * @param tenant the store's tenant, empty where it has none
 * @param collection the collection as requests name it
 * @param record id of the record that all values of the message belong to; {@code null} where the message tells
 */
public record SealPlace(String tenant, String collection, String record) {
    public SealPlace {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(collection, "collection");
    }

    /** Of records whose ids the message tells. */
    public SealPlace(String tenant, String collection) {
        this(tenant, collection, null);
    }

    /** The same in another collection. */
    public SealPlace in(String other) {
        return new SealPlace(tenant, other, record);
    }

    /** Of a single record there. */
    public SealPlace of(String id) {
        return new SealPlace(tenant, collection, id);
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
