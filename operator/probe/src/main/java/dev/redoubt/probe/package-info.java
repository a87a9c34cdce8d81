/**
 * The attacks of a leakage test: what they do to a guarded store as one of its clients, and what their figures mean.
 * Runs as a Job, knows nothing of Kubernetes, and answers with a report.
 */
package dev.redoubt.probe;
