package nl.ketenpoort.partnerclient;

import java.util.Optional;

import org.w3c.dom.Element;

/**
 * Whom a consent names.
 *
 * @param function code of the function, or {@code ZORGCOORDINATIE} for both coordinators
 * @param oin      the organisation; without one, whichever has the function in the case
 */
public record NamedFunction(String function, Optional<String> oin) {

    private static final String OIN = "oin";

    /** Whichever organisation has it in the case. */
    public static NamedFunction of(String function) {
        return new NamedFunction(function, Optional.empty());
    }

    /** Of this organisation only. */
    public static NamedFunction of(String function, String oin) {
        return new NamedFunction(function, Optional.of(oin));
    }

    void appendTo(Element parent, String localName) {
        Element named = Xml.append(parent, localName);
        named.setTextContent(function);
        oin.ifPresent(organisation -> named.setAttribute(OIN, organisation));
    }

    static NamedFunction read(Element named) {
        return new NamedFunction(named.getTextContent().strip(),
                Optional.of(named.getAttribute(OIN)).filter(oin -> !oin.isEmpty()));
    }
}
