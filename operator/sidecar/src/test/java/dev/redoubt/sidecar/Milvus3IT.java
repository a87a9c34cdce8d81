package dev.redoubt.sidecar;

/** Milvus Lite 3.2.2 and pymilvus 3.0. */
class Milvus3IT extends MilvusClientTests {
    Milvus3IT() {
        super("milvus3", MilvusLite::third);
    }
}
