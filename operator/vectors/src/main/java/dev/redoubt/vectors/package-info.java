/**
 * Numbers about vectors: coarser scores, the linear algebra and the statistics of the leakage tests, drift. Pure
 * functions of their arguments; whatever is random takes a seed.
 */
package dev.redoubt.vectors;
