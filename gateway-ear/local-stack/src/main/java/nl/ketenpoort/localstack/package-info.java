/**
 * The whole gateway on one machine, for the demonstration, the tests and the benchmarks. Read {@link
 * nl.ketenpoort.localstack.LocalStack} first: it makes certificates, starts PostgreSQL, writes the gateway's properties
 * and starts one or more servers.
 */
@NullMarked
package nl.ketenpoort.localstack;

import org.jspecify.annotations.NullMarked;
