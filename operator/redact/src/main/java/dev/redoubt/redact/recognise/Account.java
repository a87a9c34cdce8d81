package dev.redoubt.redact.recognise;

/**
 * The last IBAN of a text. It says that the code of a bank may follow, also where nothing of it is left in what a reader sees.
 *
 * @param country its first two letters, in upper case
 * @param distance bytes from its end to the candidate
 */
public record Account(String country, int distance) {}
