/** A PostgreSQL of one's own, as durable as a real one, that may be killed at any moment and started again. */
@NullMarked
package nl.ketenpoort.localstack.database;

import org.jspecify.annotations.NullMarked;
