package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.redact.names.Names;
import dev.redoubt.redact.recognise.Before;
import dev.redoubt.redact.recognise.Context;
import dev.redoubt.redact.recognise.Emails;
import dev.redoubt.redact.recognise.Normal;
import dev.redoubt.redact.recognise.Opening;
import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.recognise.WordsBefore;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
    static final int MEMORY = Context.MOST_REACH + 8;

    /** Bytes that stay in the array before the position: a whole character at least. */
    private static final int KEPT = 4;

    private static final byte[] NOTHING = {};
    private static final Edits UNTOLD = new Edits() {
        @Override
        public void keep(int bytes) {}

        @Override
        public void replace(int bytes, byte[] by) {}
    };

    private final Plan plan;
    private final List<Finding> findings = new ArrayList<>(0);
    private final Prefilter.Positions positions;
    private final Emails emails;
    private final Before before = new Behind();
    private WordsBefore words;
    /** Room for one character. */
    private final byte[] character = new byte[4];

    /** Made when the first name may begin. */
    private Names names;
    /** No name begins between the position and here. */
    private int nameless;

    private Run run;
    private Replacement replacement;
    private Output output;
    private Swallowed swallowed;
    /** The first entity that refuses the message, null where none does. */
    private Entity blocking;

    /** Is told of everything that is put out; what it was told of ends at {@link #literal}. */
    private Edits edits = UNTOLD;

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
    /** The country of the last IBAN, null where there was none, and where that ended. */
    private String accountCountry;

    private int accountEnd;
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
        this.positions = plan.tables().prefilter().positions();
        this.emails = plan.emails() ? new Emails(from, Plan.MOST_SKIPPED) : null;
        this.nameless = from;
    }

    /** Takes bytes for what stands before the text: seen, never put out. */
    void precede(byte[] before) {
        output().append(before, 0, before.length);
        output().release();
    }

    /** Tells somebody of what is put out from now on. */
    void tell(Edits newEdits) {
        edits = newEdits;
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
            int stop = Math.min(address, name);
            int limit = stop < hold ? stop + 1 : hold;
            int from = position;
            position = positions.next(text, from, limit, end, Math.max(literal, first));
            boolean begins = position < limit;
            position = Math.min(position, stop);
            if (position == hold
                    || position == address && emails.end() < 0
                    || !decide(begins, position == address, last)) {
                return;
            }
            nameless = Math.max(nameless, position);
        }
    }

    /** Where a name may begin, outside of what is replaced; the end where none does. */
    private int nextName() {
        if (!plan.findsNames()) {
            return end;
        }
        nameless = Names.next(text, Math.max(literal, first), Math.max(nameless, Math.max(position, literal)), end);
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
    private boolean decide(boolean begins, boolean address, boolean last) {
        boolean found = false;
        int previous = previousSymbol();
        int symbol = Fold.of(Utf8.decode(text, position));
        // what begins with nothing that a reader sees begins behind it
        if (begins && symbol != Fold.SKIP && (!Fold.word(previous) || !Fold.word(symbol))) {
            if (run == null) {
                words = new WordsBefore(before, plan.tables().announcements());
                run = new Run(plan.tables(), before, words);
            }
            words.read(lasting(), position < literal ? unput() : 0);
            if (position != waiting) {
                run.settle();
            }
            int start = Opening.behind(previous, before(2)).start(words.announce());
            if (run.read(text, position, end, plan.tables().automaton().start(start)) && !last) {
                waiting = position;
                return false;
            }
            waiting = -1;
            if (accountCountry != null) {
                run.behindAccount(accountCountry, position - accountEnd);
            }
            found = run.choose(text, position, end, covered);
        }
        if (address && (!found || emails.end() >= position + run.end()) && mail()) {
            replace(Entity.EMAIL_ADDRESS, Normal.LOWER, position, emails.end());
            found = false;
        }
        if (plan.findsNames() && !found && !address && position == nameless && position >= literal) {
            if (names == null) {
                names = plan.names();
            }
            if (!names.read(text, position, end, last, previous, before)) {
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
            note(run.recogniser().entity());
            flush(position);
            consume(position + run.patternEnd());
            return swallow(last);
        }
        if (found) {
            if (run.recogniser().entity() == Entity.URL_CREDENTIALS) {
                userInfoEnd = position + run.end();
            } else if (run.recogniser().entity() == Entity.IBAN_CODE) {
                accountCountry = run.beginning(2).toUpperCase(Locale.ROOT);
                accountEnd = position + run.end();
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
        put(to - literal, entity, normal, from - origin, to - origin, text, from, to, true);
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
            edits.replace(0, kept);
        } else {
            put(
                    0,
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
        if (to > literal) {
            edits.replace(to - literal, NOTHING);
        }
        position = to;
        literal = Math.max(literal, to);
        covered = Math.max(covered, to);
    }

    /** @param untold bytes of the match that nobody was told of; fewer than its own where it overlaps another */
    private void put(
            int untold,
            Entity entity,
            Normal normal,
            int start,
            int stop,
            byte[] source,
            int from,
            int to,
            boolean whole) {
        Treatment treatment = plan.treatment(entity);
        findings.add(new Finding(entity, start, stop, treatment.action()));
        note(entity);
        if (replacement == null) {
            replacement = plan.replacement();
        }
        byte[] instead = replacement.of(treatment, entity, normal, source, from, to, whole);
        output().append(instead, 0, instead.length);
        edits.replace(untold, instead);
    }

    private void flush(int to) {
        if (to > literal) {
            output().append(text, literal, to);
            edits.keep(to - literal);
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
        accountEnd = Math.subtractExact(accountEnd, by);
        nameless -= by;
        waiting -= by;
        positions.moved();
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

    Entity blocking() {
        return blocking;
    }

    private void note(Entity entity) {
        if (blocking == null && plan.treatment(entity).action() == Action.Block) {
            blocking = entity;
        }
    }

    /** The symbol that a reader sees before the position: what has no width neither ends a word nor begins one. */
    private int previousSymbol() {
        int distance = 0;
        for (int skipped = 0; skipped <= Plan.MOST_SKIPPED_AT_EDGES; skipped++) {
            int last = before(distance + 1);
            if (last < 0x80) {
                return last < 0 ? Fold.OTHER : last;
            }
            int length = 1;
            while (length < character.length && (before(distance + length) & 0xC0) == 0x80) {
                length++;
            }
            for (int i = 0; i < length; i++) {
                character[i] = (byte) before(distance + length - i);
            }
            if (Utf8.length(character[0]) != length) {
                return Fold.OTHER; // memory ends inside of it
            }
            distance += length;
            int symbol = Fold.of(Utf8.decode(character, 0));
            if (symbol != Fold.SKIP) {
                return symbol;
            }
        }
        return Fold.OTHER;
    }

    /** Symbols that the automaton read so far, those read again from another position included. */
    long steps() {
        return run == null ? 0 : run.steps();
    }

    /** Candidates that were checked so far. */
    long checks() {
        return run == null ? 0 : run.checks();
    }

    /** How many bytes of output stand before the position that will stay: those of a match that is replaced will not. */
    private long lasting() {
        return (output == null ? 0 : output.total()) + Math.max(0, position - literal);
    }

    /** Bytes before the position that are its text, not output: inside of a match its own count as far as they are kept. */
    private int unput() {
        return position < literal ? Math.min(KEPT, position - first) : position - literal;
    }

    private int before(int distance) {
        int unput = unput();
        if (distance <= unput) {
            return text[position - distance] & 0xFF;
        }
        return output == null ? -1 : output.behind(distance - unput);
    }

    /** What stands before the position. */
    private final class Behind implements Before {
        @Override
        public int at(int distance) {
            return before(distance);
        }

        @Override
        public void copy(int count, byte[] to) {
            int unput = Math.min(count, unput());
            System.arraycopy(text, position - unput, to, to.length - unput, unput);
            int rest = count - unput;
            if (rest > 0 && output != null) {
                output.copy(rest, to, to.length - unput);
            } else if (rest > 0) {
                Arrays.fill(to, to.length - count, to.length - unput, (byte) 0);
            }
        }
    }
}
