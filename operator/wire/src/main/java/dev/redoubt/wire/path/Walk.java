package dev.redoubt.wire.path;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.json.JsonGrammar;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.path.Hits.Kind;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;

/** One pass over a JSON document: checks all of its grammar and finds what the patterns look for. */
public final class Walk extends JsonGrammar {
    private static final long ITEM = 0x9E3779B97F4A7C15L;

    /** So many numbers in free content are a vector: nothing that embeds text has fewer dimensions. */
    private static final int SHORTEST_VECTOR = 16;

    private final Hits hits;
    private final Others others;
    private final boolean wantsNames;
    private final long naming;

    private int arrays;
    private int outer;
    private int inner;
    private long member;
    private long operand;
    private long known;
    /** Hash of the name of the member that told {@link #known}. */
    private long knownAs;

    private long path;
    /** How many items the array has, or members that are kept the object, that was left last. */
    private int items;

    private boolean present;

    private Walk(Plan plan, byte[] in, Hits hits) {
        super(in, in.length, plan.maxDepth());
        this.hits = hits;
        this.others = plan.others();
        this.wantsNames = plan.wantsNames();
        this.naming = plan.naming();
    }

    /**
     * Walks a document.
     *
     * @param in the document and nothing else
     * @throws JsonFault where the bytes are not one JSON value
     */
    public static Hits over(byte[] in, Plan plan) throws JsonFault {
        return over(in, plan, new Hits());
    }

    /**
     * Walks a document.
     *
     * @param into those of a document that is done with; they become those of this one
     * @throws JsonFault where the bytes are not one JSON value
     */
    public static Hits over(byte[] in, Plan plan, Hits into) throws JsonFault {
        into.clear();
        Walk walk = new Walk(plan, in, into);
        walk.close(walk.value(walk.space(0), plan.root(), null, 0));
        return into;
    }

    private int value(int p, PathNode node, Rule inherited, int depth) throws JsonFault {
        Rule rule = node.rule() == null ? inherited : node.rule();
        int c = at(p);
        int next;
        if (c == '[' || c == '{') {
            next = container(p, c, node, rule, depth);
        } else if (c == '"') {
            next = string(p + 1) + 1;
            present = true;
            scalar(rule, escaped ? Kind.EscapedString : Kind.String, p, next);
        } else {
            next = scalar(p);
            present = c != 'n';
            scalar(
                    rule,
                    switch (c) {
                        case 't' -> Kind.True;
                        case 'f' -> Kind.False;
                        case 'n' -> Kind.Null;
                        default -> Kind.Number;
                    },
                    p,
                    next);
        }
        if (present && node.marks() != 0) {
            hits.mark(node.marks());
        }
        return next;
    }

    private void scalar(Rule rule, Kind kind, int start, int end) {
        if (rule != null) {
            if (rule.reach() != Reach.Copied) {
                hit(rule, kind, start, end);
            }
        } else if (others == Others.Refuse) {
            if (kind != Kind.Null) {
                hits.foreign(start);
            }
        } else if (others == Others.Redact && kind.isString()) {
            hit(null, kind, start, end);
        }
    }

    private int hit(Rule rule, Kind kind, int start, int end) {
        long field = 0;
        if (rule != null) {
            field = switch (rule.naming()) {
                case None -> 0;
                case Fixed -> rule.field();
                case Member -> member;
                case Operand -> operand;
                // told when its object ends
                case Sibling -> 0;
                case Document -> known;
            };
        }
        int hit = hits.add(rule, kind, start, end, outer, inner, field, path);
        if (rule != null && rule.compares(member, rule.naming() == Naming.Document ? knownAs : operand)) {
            hits.compare(hit);
        }
        return hit;
    }

    private int container(int p, int c, PathNode node, Rule rule, int depth) throws JsonFault {
        Reach reach = rule == null ? null : rule.reach();
        Kind kind = c == '[' ? Kind.Array : Kind.Object;
        if (reach == Reach.Whole
                || reach == Reach.Cut
                || reach == Reach.StrictScalar && node.isLeaf()
                || reach == Reach.Content && kind == Kind.Array && isVector(p)
                || reach == Reach.Opened && kind == Kind.Array) {
            int hit = hit(rule, kind, p, p);
            int next = skip(p, depth);
            hits.end(hit, next);
            present = false;
            return next;
        }
        if (rule == null && others == Others.Refuse && node.isLeaf() && depth > 0 && isEmpty(p)) {
            hits.foreign(p);
        }
        boolean unseen = reach == Reach.Copied || rule == null && others == Others.Pass;
        // of the root is told what it is even where nothing in it is looked at
        if (unseen && node.isLeaf() && node.marks() == 0 && depth > 0) {
            return skip(p, depth);
        }
        Rule below = reach == Reach.Copied || reach == Reach.Scalars ? rule : null;
        int hit = reach == Reach.Framed || reach == Reach.Opened ? hit(rule, kind, p, p) : -1;
        int next = kind == Kind.Object ? object(p, node, below, depth) : array(p, node, below, depth);
        if (hit >= 0) {
            hits.end(hit, next);
            hits.count(hit, items);
        }
        present &= kind == Kind.Array;
        return next;
    }

    private int array(int start, PathNode node, Rule inherited, int depth) throws JsonFault {
        descend(start, depth);
        int p = space(start + 1);
        if (at(p) == ']') {
            items = 0;
            present = false;
            return p + 1;
        }
        long outerPath = path;
        int savedOuter = outer;
        int savedInner = inner;
        path = (path ^ ITEM) * ITEM;
        arrays++;
        int count = 0;
        boolean any = false;
        while (true) {
            if (arrays == 1) {
                outer = count;
            } else if (arrays == 2) {
                inner = count;
            }
            any |= at(p) != 'n';
            count++;
            p = space(value(p, node.item(), inherited, depth + 1));
            int c = at(p);
            if (c == ']') {
                break;
            }
            if (c != ',') {
                throw unexpected(p);
            }
            p = space(p + 1);
        }
        arrays--;
        path = outerPath;
        outer = savedOuter;
        inner = savedInner;
        items = count;
        present = any;
        return p + 1;
    }

    private int object(int start, PathNode node, Rule inherited, int depth) throws JsonFault {
        descend(start, depth);
        int mark = names.open();
        long outerPath = path;
        long outerMember = member;
        long outerOperand = operand;
        long outerKnown = known;
        long outerKnownAs = knownAs;
        int first = hits.size();
        int naming = -1;
        long last = 0;
        int kept = 0;
        int comma = start;
        int cut = -1;
        int p = space(start + 1);
        boolean more = at(p) != '}';
        while (more) {
            if (cut >= 0) {
                // nothing stands before it, so the comma behind it goes with it
                hits.end(cut, p);
                cut = -1;
            }
            int close = name(p);
            boolean escapedName = escaped;
            long hash = nameHash(p, close);
            declare(mark, p, hash);
            path = (outerPath ^ hash) * ITEM;
            PathNode child = node.member(hash);
            member = child == null || child.name() == 0 ? hash : child.name();
            operand = isOperator(p, close) ? outerOperand : member;
            boolean named = child != null;
            if (!named) {
                child = node.otherMember();
            }
            Rule rule = child.rule() == null ? inherited : child.rule();
            int value = colon(close + 1);
            boolean document = rule != null && rule.naming() == Naming.Document;
            known = document && outerKnown == 0 ? field(rule.known(), hash, p, close) : outerKnown;
            knownAs = document && outerKnown == 0 ? hash : outerKnownAs;
            last = hash;
            if (rule != null
                    && at(value) != 'n'
                    && (rule.reach() == Reach.Cut
                            || rule.cut().contains(hash)
                            || document && field(rule.cut(), hash, p, close) != 0)) {
                cut = hit(rule, Kind.Cut, kept == 0 ? p : comma, p);
                p = skip(value, depth + 1);
                hits.end(cut, p);
                if (kept > 0) {
                    cut = -1;
                }
            } else {
                if (!named && wantsNames && isText(rule)) {
                    int hit = hit(rule, escapedName ? Kind.EscapedName : Kind.Name, p, close + 1);
                    hits.count(hit, start);
                }
                kept++;
                naming = hash == this.naming && at(value) == '"' ? value : naming;
                p = value(value, child, inherited, depth + 1);
            }
            p = space(p);
            if (at(p) == ',') {
                comma = p;
                p = space(p + 1);
            } else if (at(p) == '}') {
                more = false;
            } else {
                throw unexpected(p);
            }
        }
        if (depth == 0) {
            hits.root(kept, last, p);
        }
        items = kept;
        names.close(mark);
        if (naming >= 0 && this.naming != 0) {
            name(first, naming);
        }
        known = outerKnown;
        knownAs = outerKnownAs;
        path = outerPath;
        member = outerMember;
        operand = outerOperand;
        return p + 1;
    }

    /** The text of a member names the field of what stands in its object, save what an object in it names. */
    private void name(int first, int text) throws JsonFault {
        byte[] path = null;
        for (int i = first; i < hits.size(); i++) {
            Rule rule = hits.rule(i);
            if (rule != null && rule.naming() == Naming.Sibling && hits.field(i) == 0 && hits.start(i) != text) {
                path = path == null ? JsonText.decode(in, text + 1, string(text + 1)) : path;
                hits.name(i, rule.known().last(path));
            }
        }
    }

    /** Whether an array holds numbers alone, and enough of them. What it is in the end its grammar tells. */
    private boolean isVector(int open) {
        int numbers = 1;
        int p = open + 1;
        while (true) {
            int c = at(p++);
            if (c == ',') {
                numbers++;
            } else if (c == ']') {
                return numbers >= SHORTEST_VECTOR;
            } else if (!isOfNumber(c)) {
                return false;
            }
        }
    }

    /** Which of some fields the name of a member stands for, 0 for none. */
    private long field(FieldSet fields, long hash, int open, int close) {
        if (fields.isEmpty() || fields.contains(hash)) {
            return fields.contains(hash) ? hash : 0;
        }
        return fields.part(JsonText.decode(in, open + 1, close));
    }

    private static boolean isOfNumber(int c) {
        return c >= '0' && c <= '9'
                || c == '-'
                || c == '+'
                || c == '.'
                || c == 'e'
                || c == 'E'
                || c == ' '
                || c == '\t'
                || c == '\r'
                || c == '\n';
    }

    private boolean isEmpty(int open) {
        int c = at(space(open + 1));
        return c == ']' || c == '}';
    }

    /** Whether a name that stands where the rule applies may be text. */
    private boolean isText(Rule rule) {
        if (rule == null) {
            return others != Others.Pass;
        }
        return rule.reach() != Reach.Copied && rule.reach() != Reach.Whole;
    }

    private boolean isOperator(int open, int close) {
        if (!escaped) {
            return close > open + 1 && in[open + 1] == '$';
        }
        byte[] decoded = JsonText.decode(in, open + 1, close);
        return decoded[0] == '$';
    }

    /**
     * What a walk looks for.
     *
     * @param root the automaton of the patterns
     * @param others what happens to values that no pattern matches
     * @param wantsNames whether names that no pattern gives are hits
     * @param naming hash of the name of the member whose text names the fields of an object; 0 for none
     * @param maxDepth the deepest nesting; at most 512 is used
     */
    public record Plan(PathNode root, Others others, boolean wantsNames, long naming, int maxDepth) implements Form {
        /** Where no member names the fields of others. */
        public Plan(PathNode root, Others others, boolean wantsNames, int maxDepth) {
            this(root, others, wantsNames, 0, maxDepth);
        }

        /** The same plan where members go by other names. */
        public Plan under(Aliases aliases) {
            return new Plan(root.under(aliases), others, wantsNames, naming, maxDepth);
        }

        @Override
        public Draft read(byte[] message, Hits into) throws JsonFault {
            return new JsonDraft(message, over(message, this, into));
        }
    }
}
