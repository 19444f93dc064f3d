/**
 * The catalogue of message types out of the {@code message-schemas} jar: read, compiled and checked once at start, so
 * that a broken folder stops the start and not a message.
 */
package nl.ketenpoort.messagetype.xml;
