package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.redact.names.Names;
import dev.redoubt.redact.recognise.Context;
import dev.redoubt.redact.recognise.Emails;
import dev.redoubt.redact.recognise.Normal;
import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Redacts one text from left to right, whole or as it arrives. Every decision rests on the output so far and on bytes from
 * the position on, and is only taken when no further byte could change it: therefore the output does not depend on how the
 * text was cut.
 *
 * <p>Overlaps are resolved as Presidio's anonymizer documents it: a match inside another one is dropped, of matches of the
 * very same text the higher score wins, and of matches that overlap partly each is replaced, one after the other, so that no
 * byte of either remains.
 */
final class Scan {
    /** Bytes of output that stay readable: the reach of context, and a character to see where a word at its edge begins. */
    private static final int MEMORY = Context.MOST_REACH + 8;

    /** Bytes that stay in the array before the position: a whole character at least. */
    private static final int KEPT = 4;

    private final Plan plan;
    private final List<Finding> findings = new ArrayList<>(0);
    private final Emails emails;
    private final Names names;
    /** No name begins between the position and here. */
    private int nameless;

    private Run run;
    private Replacement replacement;
    private Output output;
    private Swallowed swallowed;
    private boolean blocked;

    private byte[] text;
    /** Position in {@link #text} of the beginning of all text; negative when bytes were dropped from the array. */
    private int origin;

    private int first;
    private int end;
    /** The next position at which a match may begin. */
    private int position;
    /** Where the bytes begin that are neither put out nor replaced; may lie behind {@link #position}. */
    private int literal;
    /** Where the last match ends, allowed ones included: what ends no later is contained in another match. */
    private int covered;
    /** No local part of an address reaches back beyond this. */
    private int floor;
    /** Where the last user and password of a URL ended: the sign there begins a host, not a domain of mail. */
    private int userInfoEnd = -1;
    /** Position of the run that waits for more text. */
    private int waiting = -1;

    Scan(Plan plan, byte[] text, int from) {
        this.plan = plan;
        this.text = text;
        this.origin = from;
        this.first = from;
        this.end = from;
        this.position = from;
        this.literal = from;
        this.covered = from;
        this.floor = from;
        this.emails = plan.emails() ? new Emails(from, Plan.MOST_SKIPPED) : null;
        this.names = plan.names();
        this.nameless = from;
    }

    /**
     * Decides all that can be decided.
     *
     * @param newText the bytes; all since the last {@link #moved} are still there
     * @param newEnd end of the last whole character
     * @param last whether no more text follows
     */
    void advance(byte[] newText, int newEnd, boolean last) {
        text = newText;
        end = newEnd;
        if (emails != null) {
            emails.moved(0);
        }
        if (swallowed != null && !swallow(last)) {
            return;
        }
        while (position < end) {
            int hold = emails == null || last ? end : Emails.localBefore(text, Math.max(floor, first), end);
            int address = nextAddress(last);
            int name = nextName();
            int limit = Math.min(Math.min(hold, address), name);
            if (literal > position && literal < limit) {
                // the byte before that place is a replaced one: look at it afresh
                position = plan.prefilter().next(text, position, literal, end);
                if (position == literal) {
                    continue;
                }
            } else {
                position = plan.prefilter().next(text, position, limit, end);
            }
            if (position == hold || position == address && emails.end() < 0 || !decide(position == address, last)) {
                return;
            }
            nameless = Math.max(nameless, position);
        }
    }

    /** Where a name may begin, outside of what is replaced; the end where none does. */
    private int nextName() {
        if (names == null) {
            return end;
        }
        nameless = names.next(text, Math.max(literal, first), Math.max(nameless, Math.max(position, literal)), end);
        return nameless;
    }

    private int nextAddress(boolean last) {
        if (emails == null) {
            return Integer.MAX_VALUE;
        }
        emails.find(text, Math.max(floor, first), end, last);
        return emails.start();
    }

    /** Settles what begins at the position; false where that must wait for more text. */
    private boolean decide(boolean address, boolean last) {
        boolean found = false;
        int previous = previousSymbol();
        if (!Fold.word(previous) || !Fold.word(Fold.of(Utf8.decode(text, position)))) {
            if (run == null) {
                run = new Run(plan, this::before);
            }
            int start = Fold.word(previous) || previous == '-' ? Plan.IN_TOKEN : Plan.FREE;
            if (position != waiting) {
                run.settle();
            }
            if (run.read(text, position, end, plan.automaton().start(start)) && !last) {
                waiting = position;
                return false;
            }
            waiting = -1;
            found = run.choose(text, position, end, covered);
        }
        if (address && (!found || emails.end() >= position + run.end()) && mail()) {
            replace(Entity.EMAIL_ADDRESS, Normal.LOWER, position, emails.end());
            found = false;
        }
        if (names != null && !found && !address && position == nameless && position >= literal) {
            if (!names.read(text, position, end, last, previous, this::before)) {
                waiting = -1;
                return false;
            }
            if (names.found() && names.end() > covered) {
                replace(names.entity(), Normal.LOWER, position, names.end());
            }
        }
        if (address) {
            emails.pass();
        }
        if (found && run.recogniser().tail() != null) {
            swallowed = new Swallowed(run.recogniser(), Math.subtractExact(position, origin));
            blocked |= plan.action(run.recogniser().entity()) == Action.Block;
            flush(position);
            consume(position + run.patternEnd());
            return swallow(last);
        }
        if (found) {
            if (run.recogniser().entity() == Entity.URL_CREDENTIALS) {
                userInfoEnd = position + run.end();
            }
            replace(run.recogniser().entity(), run.recogniser().normal(), position + run.start(), position + run.end());
        }
        position += Utf8.length(text[position]);
        return true;
    }

    /** Whether the address at the position is one, not the user of a URL, nor what hashing such a user left. */
    private boolean mail() {
        if (emails.end() <= covered || emails.at() == userInfoEnd) {
            return false;
        }
        boolean afterScheme = before(1) == '/' && before(2) == '/' && before(3) == ':';
        return !afterScheme || !Replacement.hash(text, position, emails.at());
    }

    private void replace(Entity entity, Normal normal, int from, int to) {
        covered = to;
        if (plan.allows() && plan.allows(new String(text, from, to - from, StandardCharsets.UTF_8))) {
            return;
        }
        flush(from);
        put(entity, normal, from - origin, to - origin, text, from, to, true);
        literal = to;
    }

    /** Follows a match without a bound; false where it has not ended yet. */
    private boolean swallow(boolean last) {
        int settled = swallowed.follow(text, position, end, last);
        consume(settled);
        if (!swallowed.complete()) {
            return false;
        }
        Swallowed match = swallowed;
        swallowed = null;
        byte[] kept = match.kept();
        Recogniser recogniser = match.recogniser();
        if (match.whole() && plan.allows() && plan.allows(new String(kept, StandardCharsets.UTF_8))) {
            output().append(kept, 0, kept.length);
        } else {
            put(
                    recogniser.entity(),
                    recogniser.normal(),
                    match.start(),
                    position - origin,
                    kept,
                    0,
                    kept.length,
                    match.whole());
        }
        floor = position;
        if (emails != null) {
            emails.restart(position);
        }
        return true;
    }

    private void consume(int to) {
        swallowed.keep(text, position, to);
        position = to;
        literal = Math.max(literal, to);
        covered = Math.max(covered, to);
    }

    private void put(
            Entity entity, Normal normal, int start, int stop, byte[] source, int from, int to, boolean whole) {
        Action action = plan.action(entity);
        findings.add(new Finding(entity, start, stop, action));
        blocked |= action == Action.Block;
        if (replacement == null) {
            replacement = plan.replacement();
        }
        byte[] instead = replacement.of(action, entity, normal, source, from, to, whole);
        output().append(instead, 0, instead.length);
    }

    private void flush(int to) {
        if (to > literal) {
            output().append(text, literal, to);
            literal = to;
        }
    }

    /** Puts out what is decided. */
    byte[] release() {
        flush(position);
        return output().release();
    }

    /** The output of a text that was given whole; null where nothing was replaced. */
    Output whole() {
        if (output != null) {
            flush(end);
        }
        return output;
    }

    private Output output() {
        if (output == null) {
            output = new Output(MEMORY, end - first + 64);
        }
        return output;
    }

    /** First byte that is still needed. */
    int needed() {
        int needed = Math.max(first, Math.min(position, literal) - KEPT);
        while (needed > first && (text[needed] & 0xC0) == 0x80) {
            needed--;
        }
        return needed;
    }

    /** The bytes from {@link #needed} on now begin at 0. */
    void moved(int by) {
        origin = Math.subtractExact(origin, by);
        first = 0;
        end -= by;
        position -= by;
        literal -= by;
        covered = Math.max(0, covered - by);
        floor = Math.max(0, floor - by);
        userInfoEnd -= by;
        nameless -= by;
        waiting -= by;
        if (emails != null) {
            emails.moved(by);
        }
    }

    /** Where the bytes begin that are not put out yet. */
    int pending() {
        return literal;
    }

    List<Finding> findings() {
        return findings;
    }

    boolean blocked() {
        return blocked;
    }

    private int previousSymbol() {
        if (position == literal) {
            return output == null ? Fold.OTHER : output.lastSymbol();
        }
        int lead = position - 1;
        while (lead > first && (text[lead] & 0xC0) == 0x80) {
            lead--;
        }
        return Fold.of(Utf8.decode(text, lead));
    }

    private int before(int distance) {
        // Inside of another match its own text counts as far as it is kept, then the output.
        int unput = position < literal ? Math.min(KEPT, position - first) : position - literal;
        if (distance <= unput) {
            return text[position - distance] & 0xFF;
        }
        return output == null ? -1 : output.behind(distance - unput);
    }
}
