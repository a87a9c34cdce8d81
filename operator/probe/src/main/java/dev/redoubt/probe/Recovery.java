package dev.redoubt.probe;

/**
 * How many words of each text an inversion found.
 *
 * @param hits words it named that are in the text
 * @param named words it named
 * @param there words that are in the text
 */
record Recovery(int[] hits, int[] named, int[] there) {
    /** Micro-averaged F1 over some of the texts, 0 to 1. */
    double f1(int[] at) {
        double hit = 0;
        double all = 0;
        for (int i : at) {
            hit += hits[i];
            all += named[i] + there[i];
        }
        return all == 0 ? 0 : 2 * hit / all;
    }
}
