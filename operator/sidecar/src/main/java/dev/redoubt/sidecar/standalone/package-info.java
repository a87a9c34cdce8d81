/** Guards without Kubernetes: their configuration file, serving it, and trying a policy before it is applied. */
package dev.redoubt.sidecar.standalone;
