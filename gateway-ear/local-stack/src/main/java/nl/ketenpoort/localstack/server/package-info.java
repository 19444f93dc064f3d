/**
 * A WildFly of one's own: the distribution that the build unpacked, configured by the scripts in {@code deploy/wildfly},
 * one directory and one process per node.
 */
@NullMarked
package nl.ketenpoort.localstack.server;

import org.jspecify.annotations.NullMarked;
