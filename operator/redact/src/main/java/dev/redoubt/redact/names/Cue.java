package dev.redoubt.redact.names;

/** What a word, or a few words in a row, may say about names; one may say several things. */
enum Cue {
    /** Somebody's given name. */
    GIVEN,
    /** Somebody's family name; {@link #COMMON_SURNAME} one of the most frequent. */
    SURNAME,
    COMMON_SURNAME,
    /** A word of everyday English: alone it is no evidence of a name. */
    WORD,
    /** A word of another language that lists of names know: alone it is no evidence of a name either. */
    FOREIGN_WORD,
    /** A given name that is a word too, but a name as often. */
    NAME_TOO,
    /** A town; {@link #PLACE_LARGE} a country, a state, a region or a city that everybody knows. */
    PLACE,
    PLACE_LARGE,
    /** A place that is a person's name at least as often. */
    RATHER_PERSON,
    /** Two or three letters that stand for a state or province. */
    REGION_CODE,
    /** Before an ordinary noun rather than a name: "der" in a language that begins its nouns with capitals. */
    ARTICLE,
    /** Never part of a name. */
    STOP,
    /** In another language than English: never the first word of a name, though perhaps a later one. */
    FOREIGN_STOP,
    /** "Mr", "Professor": a person follows. */
    TITLE,
    /** "Jr": belongs to the name before it. */
    NAME_SUFFIX,
    /** In small letters between the parts of any name; {@link #NAME_PARTICLE} of a person's. */
    PARTICLE,
    NAME_PARTICLE,
    /** Before a person: enough for a word that nobody knows, or a hint. */
    BEFORE_PERSON,
    BEFORE_PERSON_HINT,
    /** What people do: after a name, a hint. */
    AFTER_PERSON,
    /** What people alone do: enough for a word that nobody knows. */
    ACTS,
    /** Before a place: a hint, or more than one. */
    BEFORE_PLACE,
    STRONG_BEFORE_PLACE,
    /** Before a place and hardly ever before anything else: enough for a word that nobody knows. */
    PLACE_FOLLOWS,
    /** Before the name of a company or an institution. */
    BEFORE_ORG,
    /** Before one of those that everybody knows: enough for one that is a word too. */
    BEFORE_ORG_HINT,
    /** "Ltd": what stands before it is a company. */
    COMPANY,
    /** "University": what stands before it is its name; {@link #ORG_HEAD} what follows "of" after it. */
    ORG_TAIL,
    ORG_HEAD,
    /** "Universität": what follows directly is its name. */
    ORG_BEFORE,
    /** A company or institution that everybody knows. */
    ORG,
    /** "Avenue" behind the name of a street, "Rue" before it. */
    STREET,
    STREET_HEAD,
    /** "Apt" before the number of a flat. */
    UNIT,
    /** "County" behind the name of a place, "Lake" before it. */
    PLACE_TAIL,
    PLACE_HEAD;

    final long bit = 1L << ordinal();

    /** Whether it is among those that a word has. */
    boolean in(long cues) {
        return (cues & bit) != 0;
    }

    static long mask(Cue... cues) {
        long mask = 0;
        for (Cue cue : cues) {
            mask |= cue.bit;
        }
        return mask;
    }
}
