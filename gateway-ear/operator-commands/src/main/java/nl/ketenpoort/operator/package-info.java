/**
 * The commands of those who run the gateway. {@link nl.ketenpoort.operator.Commands} is the way in for scripts,
 * {@link nl.ketenpoort.operator.Migrate} and {@link nl.ketenpoort.operator.ApplyPartners} for Java.
 */
@NullMarked
package nl.ketenpoort.operator;

import org.jspecify.annotations.NullMarked;
