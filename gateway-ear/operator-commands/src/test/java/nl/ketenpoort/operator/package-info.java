/**
 * The operators' commands, against a real PostgreSQL.
 */
package nl.ketenpoort.operator;
