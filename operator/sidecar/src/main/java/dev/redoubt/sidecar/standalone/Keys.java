package dev.redoubt.sidecar.standalone;

/** Where keys come from. */
public enum Keys {
    /** The key ring's file, which must exist. */
    Existing,
    /** The key ring's file, which is made where it does not exist. */
    Created,
    /** The key ring's file where it exists, else keys of this run. */
    Borrowed
}
