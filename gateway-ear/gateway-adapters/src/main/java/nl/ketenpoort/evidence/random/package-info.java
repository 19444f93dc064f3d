/** Unpredictable values by the JCA. */
package nl.ketenpoort.evidence.random;
