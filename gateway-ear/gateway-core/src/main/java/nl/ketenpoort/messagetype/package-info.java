/**
 * A message type is data: what its folder in {@code message-schemas/types} says, as values. Nothing here knows a
 * particular type.
 */
package nl.ketenpoort.messagetype;
