/**
 * The signed receipt that a sender keeps.
 */
package nl.ketenpoort.receipt;
