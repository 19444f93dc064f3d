package nl.ketenpoort.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The codes that schemas and policies know.
 *
 * @param functions functions an organisation may be given today
 * @param endedFunctions functions that no longer may be given, or not yet
 * @param agreementKinds kinds of agreement that the policies ask for
 */
record KnownCodes(Set<String> functions, Set<String> endedFunctions, Set<String> agreementKinds) {

    private static final String FUNCTIONS = "/message-schemas/code-lists/functie.xml";
    private static final String AGREEMENT_KINDS = "/policies/agreements/soorten.xml";

    /** As on this day in the Netherlands. */
    static KnownCodes on(LocalDate day) {
        var functions = codes(FUNCTIONS, "code", element -> inForce(element, day));
        var ended = codes(FUNCTIONS, "code", element -> !inForce(element, day));
        return new KnownCodes(required(functions, FUNCTIONS), ended,
                required(codes(AGREEMENT_KINDS, "id", element -> true), AGREEMENT_KINDS));
    }

    private static Set<String> required(Set<String> codes, String resource) {
        if (codes.isEmpty()) {
            throw new IllegalStateException(resource + " lists nothing");
        }
        return codes;
    }

    private static boolean inForce(Element value, LocalDate day) {
        var until = value.getAttribute("geldig-tot");
        return !day.isBefore(LocalDate.parse(value.getAttribute("geldig-van")))
                && (until.isEmpty() || day.isBefore(LocalDate.parse(until)));
    }

    /** What elements have as this attribute. */
    private static Set<String> codes(String resource, String attribute, Predicate<Element> wanted) {
        try (var in = KnownCodes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource + " on the class path");
            }
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var elements = factory.newDocumentBuilder().parse(in).getElementsByTagNameNS("*", "*");
            var codes = new TreeSet<String>();
            for (int i = 0; i < elements.getLength(); i++) {
                if (elements.item(i) instanceof Element element && element.hasAttribute(attribute)
                        && wanted.test(element)) {
                    codes.add(element.getAttribute(attribute));
                }
            }
            return codes;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SAXException | ParserConfigurationException unreadable) {
            throw new IllegalStateException("cannot read " + resource, unreadable);
        }
    }
}
