/** Recognisers outside of the guard: the protocol of Presidio's analyzer, and what happens where it does not answer. */
package dev.redoubt.sidecar.recognizer;
