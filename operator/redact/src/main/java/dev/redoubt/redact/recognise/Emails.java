package dev.redoubt.redact.recognise;

import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.automaton.Pattern;
import dev.redoubt.redact.text.EightBytes;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.util.List;

/**
 * E-mail addresses, found from their {@code @}: nearly every word could begin one. The local part is read backwards, at
 * most 64 bytes (RFC 5321), the domain forwards. A quoted local part and a domain that is an IP address are not recognised.
 *
 * <p>Finds the addresses of one text in order. Positions are those of the array given last.
 */
public final class Emails {
    /** Bytes of a local part. */
    private static final int MOST_LOCAL = 64;

    private static final Pattern DOMAIN = Pattern.of(
            "(?i)@([a-z0-9\\L]([a-z0-9\\L_-]{0,61}[a-z0-9\\L])?\\.){1,6}" + "([a-z\\L]{2,24}|xn--[a-z0-9-]{2,40})");

    /** Symbols of the longest address. */
    public static final int LONGEST = MOST_LOCAL + DOMAIN.maxLength();

    private static final Automaton AUTOMATON = Automaton.of(List.of(DOMAIN));

    private static final boolean[] LOCAL = local();

    /** First byte of the fullwidth sign. */
    private static final byte SIGN_LEAD = (byte) 0xEF;

    /** Characters without width that an address may hold behind its {@code @}. */
    private final int mostSkipped;

    private int searched;
    private int start = Integer.MAX_VALUE;
    private int at;
    private int end;

    public Emails(int from, int mostSkipped) {
        this.searched = from;
        this.mostSkipped = mostSkipped;
    }

    /**
     * Looks for the next address, unless one is already known.
     *
     * @param floor where a local part begins at the earliest
     * @param last whether no more text follows
     */
    public void find(byte[] text, int floor, int textEnd, boolean last) {
        while (start == Integer.MAX_VALUE && searched < textEnd) {
            int sign = sign(text, searched, textEnd);
            if (sign == textEnd) {
                searched = textEnd;
                return;
            }
            int local = mayFollowLocal(text, floor, sign) ? localBefore(text, floor, sign) : sign;
            if (local < sign) {
                int found = domain(text, sign, textEnd, last);
                if (found != 0) {
                    start = local;
                    at = sign;
                    end = found;
                    return;
                }
            }
            searched = sign + 1;
        }
    }

    /** Beginning of the next address, {@link Integer#MAX_VALUE} where none is known. */
    public int start() {
        return start;
    }

    /** Position of its {@code @}. */
    public int at() {
        return at;
    }

    /** Its end, or -1 where that depends on text to come. */
    public int end() {
        return end;
    }

    /** Forgets the known address and goes on behind its {@code @}. */
    public void pass() {
        searched = at + 1;
        start = Integer.MAX_VALUE;
    }

    /** Forgets the known address and goes on at a position. */
    public void restart(int position) {
        searched = Math.max(searched, position);
        start = Integer.MAX_VALUE;
    }

    /** Shifts positions; an address that is already known is looked at again, more of its text may be there now. */
    public void moved(int by) {
        searched -= by;
        if (start != Integer.MAX_VALUE) {
            searched = at - by;
            start = Integer.MAX_VALUE;
        }
    }

    private static boolean mayFollowLocal(byte[] text, int floor, int sign) {
        return sign > floor && (text[sign - 1] < 0 || LOCAL[text[sign - 1]]);
    }

    /** Where the last characters begin that may become a local part, or the end of the text. */
    public static int localBefore(byte[] text, int floor, int before) {
        int least = Math.max(floor, before - MOST_LOCAL);
        int at = before;
        int trimmed = before;
        while (at > least) {
            int lead = at - 1;
            while (lead > least && (text[lead] & 0xC0) == 0x80) {
                lead--;
            }
            if ((text[lead] & 0xC0) == 0x80) {
                break; // the limit cuts this character
            }
            int symbol = Fold.of(Utf8.decode(text, lead));
            if (symbol < Fold.ALPHABET && !LOCAL[symbol]) {
                break;
            }
            at = lead;
            if (symbol != Fold.SKIP && Fold.word(symbol)) {
                trimmed = at;
            }
        }
        return trimmed;
    }

    /** The next commercial at, fullwidth ones included. */
    private static int sign(byte[] text, int from, int to) {
        int i = from;
        while (i < to) {
            if (i + Long.BYTES <= to && !mayHoldSign(EightBytes.at(text, i))) {
                i += Long.BYTES;
                continue;
            }
            int stop = Math.min(to, i + Long.BYTES);
            for (; i < stop; i++) {
                byte b = text[i];
                if (b == '@' || b == SIGN_LEAD && Fold.of(Utf8.decode(text, i)) == '@') {
                    return i;
                }
            }
        }
        return to;
    }

    /** Whether one of eight bytes is a sign or begins a fullwidth one. */
    private static boolean mayHoldSign(long bytes) {
        return (EightBytes.zero(bytes ^ '@' * EightBytes.ONES)
                        | EightBytes.zero(bytes ^ (SIGN_LEAD & 0xFF) * EightBytes.ONES))
                != 0;
    }

    /** End of the longest domain; 0 where there is none, -1 where that depends on text to come. */
    private int domain(byte[] text, int from, int to, boolean last) {
        int state = AUTOMATON.start(0);
        int found = 0;
        int skipped = 0;
        for (int i = from; i < to; ) {
            int symbol = Fold.of(Utf8.decode(text, i));
            i += Utf8.length(text[i]);
            if (symbol == Fold.SKIP) {
                if (++skipped > mostSkipped) {
                    return found;
                }
                continue;
            }
            state = AUTOMATON.next(state, symbol);
            if (state == Automaton.DEAD) {
                return found;
            }
            if (AUTOMATON.accepts(state)) {
                found = i;
            }
        }
        return last ? found : -1;
    }

    private static boolean[] local() {
        boolean[] local = new boolean[Fold.ALPHABET];
        for (int symbol = 0; symbol < Fold.ALPHABET; symbol++) {
            local[symbol] = Fold.word(symbol) || symbol < 128 && ".%+-'~".indexOf(symbol) >= 0;
        }
        return local;
    }
}
