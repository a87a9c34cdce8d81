package dev.redoubt.wire.seal;

import java.security.SecureRandom;
import java.util.Arrays;

/** Random nonces, fetched many at a time because each call of the system's generator costs more than a short seal. */
final class Nonces {
    private static final int AT_ONCE = 256;

    private final SecureRandom random = new SecureRandom();
    private final byte[] stock;
    private final int length;
    private int used;

    Nonces(int length) {
        this.length = length;
        this.stock = new byte[length * AT_ONCE];
        this.used = stock.length;
    }

    /** A nonce that was never given before. */
    byte[] next() {
        if (used == stock.length) {
            random.nextBytes(stock);
            used = 0;
        }
        byte[] nonce = Arrays.copyOfRange(stock, used, used + length);
        used += length;
        return nonce;
    }
}
