/**
 * From bytes on the wire to a message whose sender is proven: everything that is read later is parsed from what was
 * verified here. Needs no database.
 */
package nl.ketenpoort.signature;
