package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.redact.recognise.Normal;
import dev.redoubt.redact.recognise.Recogniser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found in a whole text here, together with what others found in it. Overlaps are resolved as Presidio's anonymizer
 * documents it: parts of one entity that overlap become one; a part inside of another one is dropped, and of the very same
 * text the higher score stays; where parts of different entities overlap partly, each is replaced. Replacements of before are
 * no part of anything.
 */
public final class Joined {
    private static final Comparator<Part> BY_PLACE = Comparator.comparingInt(Part::start)
            .thenComparing(Comparator.comparingInt(Part::end).reversed())
            .thenComparing(Comparator.comparingDouble(Part::score).reversed());

    private final List<Part> parts;
    private final List<Finding> findings = new ArrayList<>();
    private final int length;
    private final Entity blocking;

    private Joined(List<Part> parts, Plan plan, int length, Entity own) {
        this.parts = parts;
        this.length = length;
        Entity first = own;
        for (Part part : parts) {
            Action action = plan.treatment(part.entity).action();
            findings.add(new Finding(part.entity, part.start, part.end, action));
            first = first == null && action == Action.Block ? part.entity : first;
        }
        this.blocking = first;
    }

    /** @param own what is put in place of it where it was found here alone; {@code null} otherwise */
    private record Part(Entity entity, int start, int end, double score, byte[] own) {
        private Part with(Part other) {
            boolean inside = other.start >= start && other.end <= end;
            boolean around = other.start <= start && other.end >= end;
            byte[] instead = inside && own != null ? own : around ? other.own : null;
            return new Part(
                    entity,
                    Math.min(start, other.start),
                    Math.max(end, other.end),
                    Math.max(score, other.score),
                    instead);
        }
    }

    /**
     * @param before what a reader sees before the text
     * @param text UTF-8
     * @throws IllegalArgumentException where a span is no part of the text, or begins or ends inside of a character
     */
    static Joined of(Plan plan, byte[] before, byte[] text, List<Span> given) {
        Own own = new Own(plan, before, text);
        Map<Entity, List<Part>> byEntity = new TreeMap<>();
        own.parts.forEach(part ->
                byEntity.computeIfAbsent(part.entity, any -> new ArrayList<>()).add(part));
        Marks marks = new Marks(text, plan);
        for (Span span : given) {
            requireInside(text, span);
            if (plan.treatment(span.entity()) != null && !allows(plan, text, span)) {
                for (Span part : marks.outside(text, span)) {
                    byEntity.computeIfAbsent(part.entity(), any -> new ArrayList<>())
                            .add(new Part(part.entity(), part.start(), part.end(), part.score(), null));
                }
            }
        }
        List<Part> all = new ArrayList<>();
        byEntity.values().forEach(parts -> all.addAll(united(parts)));
        List<Part> outermost = outermost(all);
        Replacement replacement = plan.replacement();
        outermost.replaceAll(part -> part.own != null
                ? part
                : new Part(part.entity, part.start, part.end, part.score, instead(plan, replacement, text, part)));
        return new Joined(outermost, plan, text.length, own.blocking);
    }

    private static boolean allows(Plan plan, byte[] text, Span span) {
        return plan.allows()
                && plan.allows(new String(text, span.start(), span.end() - span.start(), StandardCharsets.UTF_8));
    }

    private static void requireInside(byte[] text, Span span) {
        boolean inside = span.end() <= text.length
                && (text[span.start()] & 0xC0) != 0x80
                && (span.end() == text.length || (text[span.end()] & 0xC0) != 0x80);
        if (!inside) {
            throw new IllegalArgumentException("a span is no part of its text");
        }
    }

    /** Parts of one entity: those that overlap become one. */
    private static List<Part> united(List<Part> parts) {
        parts.sort(BY_PLACE);
        List<Part> united = new ArrayList<>();
        for (Part part : parts) {
            int last = united.size() - 1;
            if (last >= 0 && part.start < united.get(last).end) {
                united.set(last, united.get(last).with(part));
            } else {
                united.add(part);
            }
        }
        return united;
    }

    private static List<Part> outermost(List<Part> parts) {
        parts.sort(BY_PLACE);
        List<Part> outermost = new ArrayList<>();
        int covered = 0;
        for (Part part : parts) {
            if (part.end > covered) {
                outermost.add(part);
                covered = part.end;
            }
        }
        return outermost;
    }

    private static byte[] instead(Plan plan, Replacement replacement, byte[] text, Part part) {
        Normal normal = plan.recognisers(part.entity)
                .findFirst()
                .map(Recogniser::normal)
                .orElse(Normal.LOWER);
        return replacement.of(plan.treatment(part.entity), part.entity, normal, text, part.start, part.end, true);
    }

    /** What was found and is replaced, in the order of the beginnings. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** What it is that refuses the message. */
    public Optional<Entity> blocking() {
        return Optional.ofNullable(blocking);
    }

    /** Tells what becomes of the text. */
    public void tell(Edits edits) {
        int at = 0;
        for (Part part : parts) {
            if (part.start > at) {
                edits.keep(part.start - at);
            }
            edits.replace(part.end - Math.max(at, part.start), part.own);
            at = part.end;
        }
        if (at < length) {
            edits.keep(length - at);
        }
    }

    /** Gathers what is found here, each with what is put in place of it. */
    private static final class Own implements Edits {
        private final List<Part> parts = new ArrayList<>();
        private final Plan plan;
        private final Scan scan;
        private final Entity blocking;

        private Own(Plan plan, byte[] before, byte[] text) {
            this.plan = plan;
            scan = new Scan(plan, text, 0);
            if (before.length > 0) {
                scan.precede(before);
            }
            scan.tell(this);
            scan.advance(text, text.length, true);
            blocking = scan.blocking();
        }

        @Override
        public void keep(int bytes) {}

        /** A finding is noted directly before it is told what is put in its place. */
        @Override
        public void replace(int bytes, byte[] by) {
            if (scan.findings().size() > parts.size()) {
                Finding finding = scan.findings().get(parts.size());
                double score = Confidence.lowest(plan.recognisers(finding.entity()));
                parts.add(new Part(finding.entity(), finding.start(), finding.end(), score, by));
            }
        }
    }
}
