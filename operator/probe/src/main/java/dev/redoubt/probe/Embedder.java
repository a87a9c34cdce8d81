package dev.redoubt.probe;

import java.util.List;

/** Turns texts into vectors of length 1. */
interface Embedder {
    /** One vector for each text, in order. */
    double[][] embed(List<String> texts);
}
