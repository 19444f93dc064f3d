/**
 * Programs that the local stack starts as processes of their own: awaited by condition, ended by handle, never by name.
 */
@NullMarked
package nl.ketenpoort.localstack.process;

import org.jspecify.annotations.NullMarked;
