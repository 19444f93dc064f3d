/**
 * Load from outside, and what it measured.
 */
package nl.ketenpoort.benchmarks;
