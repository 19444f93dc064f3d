package nl.ketenpoort.partnerclient;

import java.util.UUID;
import java.util.function.UnaryOperator;

import org.w3c.dom.Element;

import nl.ketenpoort.partnerclient.attack.RawGateway;
import nl.ketenpoort.partnerclient.attack.RawKey;

/** Deliveries to Veilig Thuis and others, each with other content. */
final class Deliveries {

    private static final String CONTENT = """
            <o:overtredingsmelding xmlns:o="urn:nl:ketenpoort:type:overtredingsmelding:v1"><o:feit>Hij stond voor de deur \
            &amp; belde aan %s</o:feit></o:overtredingsmelding>""";

    private Deliveries() {}

    static String request(String id) {
        return request(id, UnaryOperator.identity());
    }

    static String request(String id, UnaryOperator<Element> change) {
        Element bezorging = Xml
                .parse(delivery(id, TestKeys.VEILIG_THUIS, TestKeys.raw(TestKeys.CERTIFICATES.gatewayReceipt())));
        return RawGateway.push(Xml.canonicalText(change.apply(bezorging)));
    }

    static String requestUnder(RawKey receiptKey, String id) {
        return RawGateway.push(delivery(id, TestKeys.VEILIG_THUIS, receiptKey));
    }

    static String delivery(String id, String receiver, RawKey receiptKey) {
        return RawGateway.delivery(id, receiver, receiver.equals(TestKeys.POLITIE) ? "POLITIE" : "VEILIG_THUIS",
                CONTENT.formatted(UUID.randomUUID()), receiptKey);
    }
}
