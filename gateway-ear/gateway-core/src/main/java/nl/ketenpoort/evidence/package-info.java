/**
 * What proves afterwards what was shared, why and on which ground.
 */
package nl.ketenpoort.evidence;
