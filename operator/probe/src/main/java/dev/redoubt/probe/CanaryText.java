package dev.redoubt.probe;

/**
 * A planted text: a codename and a secret in the shape of a restricted entity.
 *
 * @param codename public; may stand in reports
 * @param kind shape of the value
 * @param secret the number that makes the value unpredictable
 */
record CanaryText(String codename, CanaryKind kind, int secret) {
    String value() {
        return kind.value(codename, secret);
    }

    String document() {
        return kind.document(codename, secret);
    }

    /** Everything but letters and digits left out: how it is looked for whatever stands between them. */
    String needle() {
        return SecretScanner.compact(value());
    }

    @Override
    public String toString() {
        return codename + " (" + kind + ")";
    }
}
