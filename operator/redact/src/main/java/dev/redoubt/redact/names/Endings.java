package dev.redoubt.redact.names;

import java.nio.charset.StandardCharsets;

/** What the last letters of a word that no list knows say about it. */
enum Endings {
    /** Of streets in languages that write them in one word with their names. */
    STREET(
            3, "strasse", "strase", "gasse", "weg", "platz", "allee", "damm", "ufer", "straat", "laan", "plein", "kade",
            "gracht", "vagen", "gatan", "gata", "vej", "gade", "veien", "vegen", "gaten", "katu", "tie", "kuja",
            "stien", "stigen", "grand", "granden"),
    /** Of family names alone: Slavic, Nordic, Romanian, Greek, Caucasian and Turkish ones. */
    SURNAME_ALONE(
            3, "ov", "ova", "ev", "eva", "sky", "ski", "ska", "wicz", "vich", "enko", "chuk", "czyk", "ovic", "evic",
            "sson", "dottir", "strom", "gren", "quist", "qvist", "escu", "poulos", "idis", "akis", "shvili", "adze",
            "oglu"),
    /** Of family names where another name stands before: Baltic, Iberian, Italian, Armenian and German ones too. */
    SURNAME(
            2, "ov", "ova", "ev", "eva", "sky", "ski", "ska", "skis", "cki", "cka", "ckis", "wicz", "vich", "enko",
            "chuk", "yuk", "czyk", "ovic", "evic", "ic", "ik", "ova", "sson", "sen", "dottir", "strom", "gren", "lund",
            "quist", "qvist", "berg", "aitis", "unas", "enas", "escu", "eanu", "poulos", "idis", "akis", "yan",
            "shvili", "adze", "ez", "inho", "elli", "etti", "ucci", "ini", "oni", "acci", "mann", "stein", "feld",
            "bauer", "inger", "czak", "arz", "oglu");

    private final int least;
    private final byte[][] endings;

    Endings(int least, String... endings) {
        this.least = least;
        this.endings = new byte[endings.length][];
        for (int i = 0; i < endings.length; i++) {
            this.endings[i] = endings[i].getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Whether a word of a phrase ends so, with some letters before. */
    boolean of(Phrase phrase, int word) {
        int length = phrase.length(word);
        for (byte[] ending : endings) {
            int at = length - ending.length;
            int i = 0;
            while (at >= least && i < ending.length && phrase.letter(word, at + i) == ending[i]) {
                i++;
            }
            if (i == ending.length) {
                return true;
            }
        }
        return false;
    }
}
