package dev.redoubt.redact.text;

/** UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    /**
     * Checks bytes.
     *
     * @return the end of the last whole character; less than {@code to} where the bytes end inside a character
     * @throws MalformedTextException where no continuation could make them valid
     */
    public static int validate(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (bytes[at] >= 0) {
                at++;
                while (at + 8 <= to && (EightBytes.at(bytes, at) & EightBytes.HIGHS) == 0) {
                    at += 8;
                }
                continue;
            }
            int length = length(bytes[at]);
            if (length == 0) {
                throw new MalformedTextException("a byte that begins no character");
            }
            int available = Math.min(length, to - at);
            if (available > 1) {
                second(bytes[at] & 0xFF, bytes[at + 1] & 0xFF);
            }
            for (int i = 2; i < available; i++) {
                if ((bytes[at + i] & 0xC0) != 0x80) {
                    throw new MalformedTextException("a character that is cut short");
                }
            }
            if (available < length) {
                return at;
            }
            at += length;
        }
        return at;
    }

    /** Bytes of the character that a byte begins; 0 where it begins none. */
    public static int length(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        int value = lead & 0xFF;
        if (value < 0xC2) {
            return 0;
        }
        return value < 0xE0 ? 2 : value < 0xF0 ? 3 : value < 0xF5 ? 4 : 0;
    }

    /** The code point at a position of valid bytes. */
    public static int decode(byte[] bytes, int at) {
        int lead = bytes[at];
        if (lead >= 0) {
            return lead;
        }
        lead &= 0xFF;
        if (lead < 0xE0) {
            return (lead & 0x1F) << 6 | bytes[at + 1] & 0x3F;
        }
        if (lead < 0xF0) {
            return (lead & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | bytes[at + 2] & 0x3F;
        }
        return (lead & 0x07) << 18 | (bytes[at + 1] & 0x3F) << 12 | (bytes[at + 2] & 0x3F) << 6 | bytes[at + 3] & 0x3F;
    }

    private static void second(int lead, int second) {
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            throw new MalformedTextException("an impossible second byte");
        }
    }
}
