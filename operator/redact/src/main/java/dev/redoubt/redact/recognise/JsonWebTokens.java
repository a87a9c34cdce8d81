package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.text.Fold;

/** JSON web tokens (RFC 7519): their parts are base64url of JSON, which always begins alike. */
final class JsonWebTokens {
    private static final String CHARACTER = "[A-Za-z0-9_-]";

    private static final Tail PARTS = new Tail() {
        private static final int MOST_DOTS = 2;

        /** The state counts dots in a row: an encrypted token has an empty part, a sentence ends with one. */
        @Override
        public int step(int state, int symbol) {
            if (symbol == '.') {
                return state < MOST_DOTS ? state + 1 : STOPPED;
            }
            return Fold.alphanumeric(symbol) || symbol == '_' || symbol == '-' ? 0 : STOPPED;
        }

        @Override
        public boolean settled(int state) {
            return state == 0;
        }
    };

    /** Two parts that are JSON objects. */
    static final Recogniser SIGNED = Recogniser.token(
                    Entity.JWT, 1.0, "e(y[JA]|wo)" + CHARACTER + "{6,512}\\.e(y[JA]|wo|30)")
            .followedBy(PARTS);

    /** A header that names what only such headers name; what follows may be encrypted. */
    static final Recogniser ANY = Recogniser.token(
                    Entity.JWT,
                    1.0,
                    "eyJ(hbGciOi|0eXAiOi|lbmMiOi|raWQiOi|jdHkiOi)" + CHARACTER + "{4,512}\\.\\.?" + CHARACTER)
            .followedBy(PARTS);

    private JsonWebTokens() {}
}
