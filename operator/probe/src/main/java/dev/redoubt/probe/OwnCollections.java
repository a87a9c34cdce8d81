package dev.redoubt.probe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of what one leakage test writes: {@code redoubt-leakage-<test>-<run>-<purpose>}, where the run is twelve
 * letters derived from its id. The end has a fixed form, so that no test's names can be taken for another's, and no
 * digits, so that no redaction can take them for a number of somebody.
 */
final class OwnCollections {
    private static final int RUN_LETTERS = 12;

    private final String test;
    private final String run;
    private final Pattern own;

    OwnCollections(RunSpec spec) {
        test = spec.test();
        run = letters(spec.runId());
        own = Pattern.compile(Pattern.quote("redoubt-leakage-" + test + "-") + "[a-p]{" + RUN_LETTERS + "}-[a-z]+");
    }

    /**
     * @param purpose lower-case letters
     */
    String name(String purpose) {
        return "redoubt-leakage-" + test + "-" + run + "-" + purpose;
    }

    /**
     * Removes everything that runs of this test have left in the store, this one and earlier ones that crashed.
     *
     * @return how many collections were removed
     */
    int remove(ChromaStore writer, Budget time) throws AttackException, InterruptedException {
        List<String> found = mine(writer.names(time));
        for (String name : found) {
            writer.delete(name, time);
        }
        List<String> left = mine(writer.names(time));
        if (!left.isEmpty()) {
            throw new AttackException.Refused("DELETE of " + left.size() + " collections of the test", 403);
        }
        return found.size();
    }

    List<String> mine(List<String> names) {
        return names.stream().filter(name -> own.matcher(name).matches()).toList();
    }

    private static String letters(String runId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(runId.getBytes(StandardCharsets.UTF_8));
            StringBuilder letters = new StringBuilder();
            for (int i = 0; letters.length() < RUN_LETTERS; i++) {
                letters.append((char) ('a' + (digest[i] & 15)));
            }
            return letters.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
