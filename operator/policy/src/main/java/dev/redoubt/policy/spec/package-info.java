/**
 * What people write: the specs of configurations as trees that know where each part stands, and the parser of a
 * RedactionPolicy's spec. The controller brings trees of API objects, the command line brings YAML files.
 */
package dev.redoubt.policy.spec;
