/** Content is kept encrypted, under a key of its own that lies under the key of its case; erasure destroys keys. */
package nl.ketenpoort.safekeeping;
