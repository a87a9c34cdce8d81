package dev.redoubt.redact.recognise;

/**
 * How a match without a bound goes on once its pattern has matched: a little automaton fed symbol by symbol. From there on
 * the text is swallowed, so nothing has to be held back.
 */
public interface Tail {
    /** The symbol is no longer part of the match. */
    int STOPPED = -1;

    /** The symbol is the last one of the match. */
    int COMPLETE = -2;

    /** State after the pattern: 0. The state after a symbol, {@link #STOPPED} or {@link #COMPLETE}. */
    int step(int state, int symbol);

    /** Whether what was read up to this state belongs to the match whatever follows. */
    boolean settled(int state);
}
