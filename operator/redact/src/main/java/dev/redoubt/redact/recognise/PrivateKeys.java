package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;

/** Private keys in PEM (RFC 7468), OpenSSH and PGP armour: from the line that begins them to the one that ends them. */
final class PrivateKeys {
    /** Where the line that ends it never comes, the rest of the text is taken for the key. */
    private static final Tail TO_END_LINE = new Tail() {
        private static final int DASHES = 5;
        private static final String END = "END";
        private static final int LABEL = DASHES + END.length();

        /** States: dashes seen, then letters of END, then dashes behind the label. */
        @Override
        public int step(int state, int symbol) {
            if (state >= LABEL) {
                return symbol != '-' ? LABEL : state + 1 < LABEL + DASHES ? state + 1 : COMPLETE;
            }
            if (symbol == '-') {
                return state > DASHES ? 1 : Math.min(state + 1, DASHES);
            }
            return state >= DASHES && symbol == END.charAt(state - DASHES) ? state + 1 : 0;
        }

        @Override
        public boolean settled(int state) {
            return true;
        }
    };

    static final Recogniser PEM = Recogniser.token(
                    Entity.PRIVATE_KEY, 1.0, "-----BEGIN ([A-Z0-9]{1,16} ){0,4}PRIVATE KEY( BLOCK)?-----")
            .anywhere()
            .comparedBy(text -> text.replaceAll("\\s", ""))
            .followedBy(TO_END_LINE);

    private PrivateKeys() {}
}
