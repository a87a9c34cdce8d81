/** The command line of the guard. */
package dev.redoubt.sidecar.cli;
