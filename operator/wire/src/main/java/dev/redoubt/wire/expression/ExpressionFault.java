package dev.redoubt.wire.expression;

/** A filter that cannot be taken apart without doubt. Tells where, never what stands there. */
public final class ExpressionFault extends Exception {
    ExpressionFault(String what, int at) {
        super(what + " at byte " + at, null, false, false);
    }
}
