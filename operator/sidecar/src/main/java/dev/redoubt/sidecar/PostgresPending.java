package dev.redoubt.sidecar;

import dev.redoubt.wire.postgres.ServerError;

/** A message of a client that the database has not answered yet. The database answers in the order of the messages. */
final class PostgresPending {
    static final char QUERY = 'Q';
    static final char PARSE = 'P';
    static final char BIND = 'B';
    static final char DESCRIBE = 'D';
    static final char EXECUTE = 'E';
    static final char CLOSE = 'C';
    static final char SYNC = 'S';

    private final char type;
    private final String portal;
    private final boolean own;
    private Problem refusal;
    private Ledger ledger;

    private PostgresPending(char type, String portal, boolean own) {
        this.type = type;
        this.portal = portal;
        this.own = own;
    }

    static PostgresPending of(char type) {
        return new PostgresPending(type, null, false);
    }

    /** A Bind or an Execute of a portal. */
    static PostgresPending of(char type, String portal) {
        return new PostgresPending(type, portal, false);
    }

    /** The guard's own question for the columns of a portal, whose answer the client does not see. */
    static PostgresPending ownDescribe() {
        return new PostgresPending(DESCRIBE, null, true);
    }

    /** The same, audited. */
    PostgresPending with(Ledger record) {
        ledger = record;
        return this;
    }

    /** The database got something in its place that cannot but fail, and the client is told this instead. */
    PostgresPending refuse(Problem problem) {
        refusal = problem;
        return this;
    }

    char type() {
        return type;
    }

    String portal() {
        return portal;
    }

    boolean isOwn() {
        return own;
    }

    Problem refusal() {
        return refusal;
    }

    /** {@code null} where it is not audited. */
    Ledger ledger() {
        return ledger;
    }

    /** What the client is told in place of the database's error; {@code null} where that error is told. */
    ServerError error() {
        return refusal == null ? null : SqlErrors.ofStatement(refusal);
    }
}
