package dev.redoubt.sidecar;

/** Milvus Lite 2.5.1, which is Milvus's core, and pymilvus 2.6. */
class MilvusIT extends MilvusClientTests {
    MilvusIT() {
        super("milvus", MilvusLite::second);
    }
}
