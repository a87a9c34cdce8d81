package dev.redoubt.policy;

/** Check digits that confirm what the pattern of a {@link CustomEntity} finds. Characters that are not counted are passed over. */
public enum Validator {
    /** Every second digit doubled from the right, modulo 10 (Luhn, ISO/IEC 7812-1), over all digits: payment cards. */
    Luhn,
    /** The dihedral group of order 10 (Verhoeff 1969), over all digits: Aadhaar. */
    Verhoeff,
    /** Weights 1 and 3 by turns from the right, modulo 10 (GS1, EAN), over all digits: article and patient numbers. */
    Gs1,
    /**
     * Weights from the right counted up from 1, modulo 11, over all digits; an X at the end is a check digit of 10: ISBN-10,
     * NHS numbers.
     */
    Mod11,
    /** ISO/IEC 7064, MOD 97-10: letters and digits as one number with A as 10, which leaves 1: LEI. */
    Mod97
}
