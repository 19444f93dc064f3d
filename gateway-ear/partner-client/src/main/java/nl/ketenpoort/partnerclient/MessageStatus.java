package nl.ketenpoort.partnerclient;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;

/**
 * Where a message of one's own is, per receiver.
 */
public record MessageStatus(String messageId, String caseId, List<OfReceiver> receivers) {

    /**
     * One receiver's state.
     *
     * @param oin organisation, absent when it was refused and the message did not name it
     * @param function its function, absent likewise
     * @param state {@code GEWEIGERD}, {@code WACHT}, {@code ONDERWEG}, {@code VERSTREKT}, {@code BEZORGD},
     *              {@code OPZIJ_GEZET} or {@code GEANNULEERD}
     * @param since when it came into this state
     */
    public record OfReceiver(Optional<String> oin, Optional<String> function, String state, Instant since,
            Optional<String> code) {}

    static MessageStatus of(Element statusAntwoord) {
        return new MessageStatus(Xml.text(statusAntwoord, "berichtId"), Xml.text(statusAntwoord, "casus"),
                Xml.all(statusAntwoord, "ontvanger").stream()
                        .map(receiver -> new OfReceiver(Xml.optionalText(receiver, "oin"),
                                Xml.optionalText(receiver, "functie"),
                                Xml.text(receiver, "stand"), Xml.instant(receiver, "sinds"),
                                Xml.optionalText(receiver, "code")))
                        .toList());
    }
}
