/**
 * Simulated partners for demonstrations, acceptance tests and failure tests: one process per partner, with keys,
 * endpoint or mailbox, and a journal of its own. They stand on the partner client and know nothing of the gateway's
 * inside. A partner can be told to go down, to come back, and to answer wrongly. Fictitious people only.
 * <p>
 * Begin at {@link nl.ketenpoort.simulators.Simulator}; as a process it is {@link nl.ketenpoort.simulators.SimulatorMain}.
 */
package nl.ketenpoort.simulators;
