package dev.redoubt.redact.recognise;

import dev.redoubt.redact.text.Fold;

/** Check digits that more than one kind of number has. */
final class CheckDigits {
    /** Verhoeff's multiplication in the dihedral group D5 (Verhoeff 1969). */
    private static final int[][] D5 = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };

    /** By position modulo 8 and digit: Verhoeff's permutation, as often as the position says. */
    private static final int[][] VERHOEFF = new int[8][10];

    static {
        int[] once = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
        for (int digit = 0; digit < once.length; digit++) {
            VERHOEFF[0][digit] = digit;
            for (int turn = 1; turn < VERHOEFF.length; turn++) {
                VERHOEFF[turn][digit] = once[VERHOEFF[turn - 1][digit]];
            }
        }
    }

    private CheckDigits() {}

    /** Luhn's (ISO/IEC 7812-1) over some of the digits, the last of them being the check digit. */
    static boolean luhn(Candidate candidate, int from, int to) {
        return luhnSum(candidate, from, to) % 10 == 0;
    }

    /** The sum that Luhn's method makes of some digits. */
    static int luhnSum(Candidate candidate, int from, int to) {
        int sum = 0;
        for (int i = 0; i < to - from; i++) {
            int digit = candidate.digit(to - 1 - i);
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum;
    }

    /** The sum of the first digits, each with its weight. */
    static int weighted(Candidate candidate, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += candidate.digit(i) * weights[i];
        }
        return sum;
    }

    /** Verhoeff's over the first digits, the last of them being the check digit. */
    static boolean verhoeff(Candidate candidate, int digits) {
        int check = 0;
        for (int i = 0; i < digits; i++) {
            check = D5[check][VERHOEFF[i % VERHOEFF.length][candidate.digit(digits - 1 - i)]];
        }
        return check == 0;
    }

    /** Weights 1 and 3 by turns from the last digit, the check digit, to the first, modulo 10 (GS1 General Specifications). */
    static boolean gs1(Candidate candidate) {
        int sum = 0;
        for (int i = 0; i < candidate.digitCount(); i++) {
            sum += candidate.digit(candidate.digitCount() - 1 - i) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /** Weights 1, 2, 3 and so on from the check digit at the end, which may be an X for 10, modulo 11 (ISBN-10). */
    static boolean mod11(Candidate candidate) {
        int last = candidate.at(candidate.length() - 1) | 0x20;
        int shift = last == 'x' ? 2 : 1;
        int sum = last == 'x' ? 10 : 0;
        for (int i = 0; i < candidate.digitCount(); i++) {
            sum = (sum + candidate.digit(candidate.digitCount() - 1 - i) * (i + shift)) % 11;
        }
        return candidate.digitCount() > 1 && sum % 11 == 0;
    }

    /**
     * The remainder modulo 97 (ISO/IEC 7064, MOD 97-10) of the letters and digits between two positions, letters as numbers
     * from 10 on.
     *
     * @param before the remainder of what comes before them
     */
    static int mod97(Candidate candidate, int from, int to, int before) {
        int remainder = before;
        for (int i = from; i < to; i++) {
            int symbol = candidate.at(i);
            if (Fold.alphanumeric(symbol)) {
                int value = Character.digit(symbol, 36);
                remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
            }
        }
        return remainder;
    }

    /** Whether all digits are the same, as in forms that nobody filled in. */
    static boolean alike(Candidate candidate) {
        for (int i = 1; i < candidate.digitCount(); i++) {
            if (candidate.digit(i) != candidate.digit(0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is such a day in some year. */
    static boolean day(int month, int day) {
        boolean shortMonth = month == 4 || month == 6 || month == 9 || month == 11;
        return month >= 1 && month <= 12 && day >= 1 && day <= (month == 2 ? 29 : shortMonth ? 30 : 31);
    }
}
