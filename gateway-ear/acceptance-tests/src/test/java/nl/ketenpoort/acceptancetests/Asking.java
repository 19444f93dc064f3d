package nl.ketenpoort.acceptancetests;

import java.util.List;
import java.util.stream.IntStream;

import org.w3c.dom.Element;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;

/** Any operation of the gateway, asked with no more than what it says, and what its answer says. */
record Asking(Line line) {

    private static final String KP = "urn:nl:ketenpoort:berichten:v1";

    Answered asked(PartnerCertificates by, String operation, String content) {
        var key = Line.raw(by.sign());
        return line.send(by, key, line.request(key, operation,
                "<kp:%1$sVerzoek xmlns:kp=\"%2$s\">%3$s</kp:%1$sVerzoek>".formatted(operation, KP, content)));
    }

    Answered asked(Partner by, String operation, String content) {
        return asked(line.keysOf(by), operation, content);
    }

    static String element(String name, String value) {
        return "<kp:%1$s>%2$s</kp:%1$s>".formatted(name, value);
    }

    static List<Element> elements(Element within, String name) {
        var found = within.getElementsByTagNameNS(KP, name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    static String text(Element within, String name) {
        return elements(within, name).getFirst().getTextContent().strip();
    }

    static String text(Answered answered, String name) {
        return text(answered.answer().payload(), name);
    }

    /**
     * What lies in a mailbox.
     *
     * @param element {@code bezorging}
     */
    record InMailbox(Element element) {

        String id() {
            return text(element, "bezorgingId");
        }

        String digest() {
            return text(element, "digestBezorgd");
        }

        String messageId() {
            return text(element, "berichtId");
        }

        String toConfirm() {
            return toConfirm(digest());
        }

        String toConfirm(String digest) {
            return "<kp:bezorging>" + Asking.element("bezorgingId", id()) + Asking.element("digest", digest)
                    + "</kp:bezorging>";
        }
    }

    static List<InMailbox> deliveries(Answered fetched) {
        return elements(fetched.answer().payload(), "bezorging").stream().map(InMailbox::new).toList();
    }
}
