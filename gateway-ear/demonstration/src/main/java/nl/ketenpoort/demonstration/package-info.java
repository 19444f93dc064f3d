/**
 * A region on one machine: the real gateway, and a process for each simulated partner. The demo plays a THV in it, and
 * the acceptance tests, the crash test and the benchmark use it too.
 */
package nl.ketenpoort.demonstration;
