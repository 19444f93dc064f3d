/**
 * The composition root: the only place that knows which technology stands behind which port.
 */
package nl.ketenpoort.wiring;
