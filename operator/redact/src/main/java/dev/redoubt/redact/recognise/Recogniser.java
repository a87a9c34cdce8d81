package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.automaton.Pattern;

/**
 * One way in which an entity shows itself.
 *
 * @param entity what it is
 * @param pattern what candidates look like
 * @param guard what must not stand before
 * @param wordEnd whether a match that ends in a letter, digit or underscore must not be followed by another
 * @param score 0 to 1; decides between entities that claim the very same text
 * @param announced a word of it must stand before, or null where none needs to
 * @param beginning confirms what candidates of every length begin with
 * @param check confirms a candidate
 * @param normal the form that tokens are made from
 * @param lead symbols at the beginning of the pattern that are evidence but not part of the entity
 * @param trail symbols at its end likewise
 * @param tail how the match goes on without a bound, or null
 */
public record Recogniser(
        Entity entity,
        Pattern pattern,
        Guard guard,
        boolean wordEnd,
        double score,
        Context announced,
        Check beginning,
        Check check,
        Normal normal,
        int lead,
        int trail,
        Tail tail) {

    /** A match that is a word of its own and always confirmed. */
    static Recogniser word(Entity entity, double score, String pattern) {
        return new Recogniser(
                entity,
                Pattern.of(pattern),
                Guard.WORD,
                true,
                score,
                null,
                Check.ALWAYS,
                Check.ALWAYS,
                Normal.ALPHANUMERIC,
                0,
                0,
                null);
    }

    /** A match that begins a token and takes as much of it as the pattern allows. */
    static Recogniser token(Entity entity, double score, String pattern) {
        return new Recogniser(
                entity,
                Pattern.of(pattern),
                Guard.TOKEN,
                false,
                score,
                null,
                Check.ALWAYS,
                Check.ALWAYS,
                Normal.EXACT,
                0,
                0,
                null);
    }

    Recogniser confirmedBy(Check newCheck) {
        return new Recogniser(
                entity, pattern, guard, wordEnd, score, announced, beginning, newCheck, normal, lead, trail, tail);
    }

    Recogniser announcedBy(Context newContext) {
        return new Recogniser(
                entity, pattern, guard, wordEnd, score, newContext, beginning, check, normal, lead, trail, tail);
    }

    Recogniser beginningWith(Check newBeginning) {
        return new Recogniser(
                entity, pattern, guard, wordEnd, score, announced, newBeginning, check, normal, lead, trail, tail);
    }

    Recogniser guardedBy(Guard newGuard) {
        return new Recogniser(
                entity, pattern, newGuard, wordEnd, score, announced, beginning, check, normal, lead, trail, tail);
    }

    Recogniser comparedBy(Normal newNormal) {
        return new Recogniser(
                entity, pattern, guard, wordEnd, score, announced, beginning, check, newNormal, lead, trail, tail);
    }

    Recogniser without(int newLead, int newTrail) {
        return new Recogniser(
                entity, pattern, guard, wordEnd, score, announced, beginning, check, normal, newLead, newTrail, tail);
    }

    Recogniser followedBy(Tail newTail) {
        return new Recogniser(
                entity, pattern, guard, wordEnd, score, announced, beginning, check, normal, lead, trail, newTail);
    }

    Recogniser anywhere() {
        return new Recogniser(
                entity, pattern, Guard.WORD, false, score, announced, beginning, check, normal, lead, trail, tail);
    }
}
