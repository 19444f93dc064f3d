/** The signed receipt: what a sender holds as proof that his message was accepted, and for whom. */
package nl.ketenpoort.receipt;
