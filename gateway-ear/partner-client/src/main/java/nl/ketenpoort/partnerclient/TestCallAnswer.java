package nl.ketenpoort.partnerclient;

import java.time.Instant;

/**
 * The gateway heard a test call.
 *
 * @param text as sent
 * @param oin  whom the gateway takes the caller for
 */
public record TestCallAnswer(String text, Instant received, String oin) {}
