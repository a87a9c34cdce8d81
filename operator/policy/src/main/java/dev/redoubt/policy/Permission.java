package dev.redoubt.policy;

/** Whether something is permitted. */
public enum Permission {
    Allow,
    Deny
}
