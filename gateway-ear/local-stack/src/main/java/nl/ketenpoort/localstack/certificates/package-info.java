/**
 * A public key infrastructure for demonstrations and tests: a root, an issuing authority, their revocation lists, and
 * the keys of the gateway and of partners, each as a PKCS#12 file. Nothing here is PKIoverheid; the certificates only
 * have its shape (OIN in {@code subject:serialNumber}, Digikoppeling WT002).
 */
@NullMarked
package nl.ketenpoort.localstack.certificates;

import org.jspecify.annotations.NullMarked;
