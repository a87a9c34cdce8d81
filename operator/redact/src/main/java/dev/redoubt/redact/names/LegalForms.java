package dev.redoubt.redact.names;

/** Legal forms of companies that are more than a word: those with full stops in them, and what follows a form. */
final class LegalForms {
    private static final String[] DOTTED = {
        "s.r.l.",
        "s.p.a.",
        "s.a.s.",
        "s.n.c.",
        "s.l.",
        "s.l.u.",
        "s.a.",
        "s.a.r.l.",
        "b.v.",
        "n.v.",
        "v.o.f.",
        "c.v.",
        "u.a.",
        "e.v.",
        "e. v.",
        "e.k.",
        "e. k.",
        "soc. coop.",
        "s. coop."
    };

    private static final String[] BEHIND = {" & co. kg", " & co. ohg", " & co kg", " & cie", " lda", " mbh"};

    private final Window window;

    LegalForms(Window window) {
        this.window = window;
    }

    /** Where a form with full stops ends that follows a space, or a comma and a space, at a position; -1 where none does. */
    int dotted(int at) {
        int next = window.symbol(at) == ',' ? window.behind(at) : at;
        return window.symbol(next) == ' ' ? longest(DOTTED, window.behind(next)) : -1;
    }

    /** Behind what goes on from a form that ends at a position, such as " & Co. KG"; or the position. */
    int more(int at) {
        return Math.max(at, longest(BEHIND, at));
    }

    private int longest(String[] texts, int at) {
        int end = -1;
        for (String text : texts) {
            int next = window.behind(at, text);
            boolean stopped = text.endsWith(".");
            if (next > end && (stopped || window.ends(next))) {
                end = next;
            }
        }
        return end;
    }
}
