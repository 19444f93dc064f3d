package nl.ketenpoort.validation.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.ValidatorHandler;

import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.Branch;
import nl.ketenpoort.messagetype.Content.Leaf;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.ContentForm;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;

/**
 * Reads one body at a time. The parser's events go to the validator of the envelope's schema, those below
 * {@code inhoud} to the validator of the type that the envelope named; what a validator let pass is collected.
 *
 * <p>
 * The messages of validators hold values, so they are never used: the place of a fault is the path of open elements, up
 * to the first that the schema does not declare.
 */
final class BodyReader extends DefaultHandler {

    private static final String ENVELOPE_NAMESPACE = "urn:nl:ketenpoort:berichten:v1";
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

    private final Catalogue catalogue;
    private final XMLReader parser;
    private final ValidatorHandler envelope;
    private final Map<TypeName, ValidatorHandler> contents = new HashMap<>();

    private String wanted = "";
    private boolean inSoap;
    private int soapDepth;
    private boolean inSoapBody;
    private Deque<OpenPart> parts = new ArrayDeque<>();
    private Deque<OpenNode> nodes = new ArrayDeque<>();
    private Optional<Part> request = Optional.empty();
    private Optional<ReadBody.Typed> typed = Optional.empty();
    private Optional<Refusal> refusal = Optional.empty();
    private Optional<Reading> reading = Optional.empty();

    /** The content that is being read. */
    private record Reading(TypeName type, ContentForm form, ValidatorHandler validator) {}

    BodyReader(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.envelope = strict(catalogue.envelope().newValidatorHandler());
        try {
            var parsers = SAXParserFactory.newDefaultNSInstance();
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            parsers.setFeature("http://xml.org/sax/features/external-general-entities", false);
            parsers.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            parser = parsers.newSAXParser().getXMLReader();
            parser.setContentHandler(this);
            parser.setErrorHandler(this);
        } catch (ParserConfigurationException | SAXException impossible) {
            throw new IllegalStateException("the XML parser of the JDK cannot be hardened", impossible);
        }
    }

    /** Reads the one element of a Body, which must have this name. */
    Examined<ReadBody> body(byte[] bytes, String element) {
        return read(bytes, element, false);
    }

    /** Reads the one element of the Body in a SOAP envelope, which must have this name. */
    Examined<ReadBody> bodyIn(byte[] soapEnvelope, String element) {
        return read(soapEnvelope, element, true);
    }

    private Examined<ReadBody> read(byte[] bytes, String element, boolean soap) {
        begin(element, soap);
        try {
            parser.parse(new InputSource(new ByteArrayInputStream(bytes)));
        } catch (SAXException stopped) {
            // Its message may hold a value: what is told is what was noted when it stopped.
            return Examined.refused(refusal.orElseGet(() -> Refusal.of(Reason.NOT_WELL_FORMED)));
        } catch (IOException wrong) {
            return Examined.refused(Reason.NOT_UTF8);
        }
        return request.map(part -> Examined.passed(new ReadBody(part, typed)))
                .orElseGet(() -> Examined.refused(Reason.BODY_NOT_SINGLE));
    }

    private void begin(String element, boolean soap) {
        wanted = element;
        inSoap = soap;
        soapDepth = 0;
        inSoapBody = false;
        parts = new ArrayDeque<>();
        nodes = new ArrayDeque<>();
        request = Optional.empty();
        typed = Optional.empty();
        refusal = Optional.empty();
        reading = Optional.empty();
    }

    /** Forgets what was read: a reader that waits for work holds nothing of a message. */
    void forget() {
        begin("", false);
    }

    // ---- the parser tells

    @Override
    public void startElement(String namespace, String name, String qualified, Attributes attributes)
            throws SAXException {
        if (isSoap()) {
            soapDepth++;
            inSoapBody = inSoapBody || (soapDepth == 2 && SOAP.equals(namespace) && name.equals("Body"));
        } else if (!nodes.isEmpty()) {
            startContent(namespace, name, qualified, attributes);
        } else {
            startPart(namespace, name, qualified, attributes);
        }
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        if (!nodes.isEmpty()) {
            reading.orElseThrow().validator().characters(text, start, length);
            nodes.getFirst().text.append(text, start, length);
        } else if (!parts.isEmpty()) {
            envelope.characters(text, start, length);
            parts.getFirst().text.append(text, start, length);
        }
    }

    @Override
    public void endElement(String namespace, String name, String qualified) throws SAXException {
        if (!nodes.isEmpty()) {
            endContent(namespace, name, qualified);
        } else if (!parts.isEmpty()) {
            endPart(namespace, name, qualified);
        } else {
            soapDepth--;
            inSoapBody = inSoapBody && soapDepth >= 2;
        }
    }

    @Override
    public void warning(SAXParseException exception) throws SAXException {
        error(exception);
    }

    /** A validator found something; the parser itself has only fatal errors. */
    @Override
    public void error(SAXParseException exception) throws SAXException {
        throw stop(Refusal.of(Reason.SCHEMA_INVALID).at(place()));
    }

    @Override
    public void fatalError(SAXParseException exception) throws SAXException {
        throw exception;
    }

    // ---- the envelope

    /** Whether the events are still those of the SOAP envelope around the Body's one element. */
    private boolean isSoap() {
        return inSoap && parts.isEmpty() && nodes.isEmpty() && !(inSoapBody && soapDepth == 2);
    }

    private void startPart(String namespace, String name, String qualified, Attributes attributes)
            throws SAXException {
        if (parts.isEmpty()) {
            if (request.isPresent()) {
                throw stop(Refusal.of(Reason.BODY_NOT_SINGLE));
            }
            if (!name.equals(wanted) || !ENVELOPE_NAMESPACE.equals(namespace)) {
                throw stop(Refusal.of(Reason.SCHEMA_INVALID).at("Body"));
            }
            envelope.startDocument();
        }
        if (!ENVELOPE_NAMESPACE.equals(namespace)) {
            // Only inhoud of verzendenVerzoek may hold it; the envelope's schema says so at this call.
            envelope.startElement(namespace, name, qualified, attributes);
            beginContent(namespace, name, qualified, attributes);
            return;
        }
        parts.addFirst(new OpenPart(name));
        refuseInstanceAttributes(attributes);
        envelope.startElement(namespace, name, qualified, attributes);
        for (int i = 0; i < attributes.getLength(); i++) {
            parts.getFirst().attributes.put(attributes.getLocalName(i), attributes.getValue(i));
        }
    }

    private void endPart(String namespace, String name, String qualified) throws SAXException {
        envelope.endElement(namespace, name, qualified);
        var ended = parts.removeFirst().part();
        if (parts.isEmpty()) {
            envelope.endDocument();
            request = Optional.of(ended);
        } else {
            parts.getFirst().children.add(ended);
        }
    }

    // ---- the content

    private void beginContent(String namespace, String name, String qualified, Attributes attributes)
            throws SAXException {
        var type = namedType();
        var form = catalogue.find(type).map(known -> catalogue.form(type));
        if (form.isEmpty()) {
            throw stop(Refusal.of(Reason.TYPE_UNKNOWN));
        }
        var validator = contents.computeIfAbsent(type, any -> strict(form.get().content().newValidatorHandler()));
        reading = Optional.of(new Reading(type, form.get(), validator));
        validator.startDocument();
        startContent(namespace, name, qualified, attributes);
    }

    /** The type that the envelope, which has passed by then, names. */
    private TypeName namedType() {
        var said = parts.getLast().children.getFirst();
        return new TypeName(said.required("berichttype"), Integer.parseInt(said.required("versie")));
    }

    private void startContent(String namespace, String name, String qualified, Attributes attributes)
            throws SAXException {
        nodes.addFirst(new OpenNode(name, path(name)));
        refuseInstanceAttributes(attributes);
        reading.orElseThrow().validator().startElement(namespace, name, qualified, attributes);
        nodes.getFirst().concerns = Optional.ofNullable(attributes.getValue("", "betreft")).map(PersonId::new);
    }

    private void endContent(String namespace, String name, String qualified) throws SAXException {
        var now = reading.orElseThrow();
        now.validator().endElement(namespace, name, qualified);
        var ended = nodes.removeFirst();
        var node = ended.node(now.form());
        if (!nodes.isEmpty()) {
            nodes.getFirst().children.add(node);
            return;
        }
        now.validator().endDocument();
        envelope.endElement(namespace, name, qualified);
        typed = Optional.of(new ReadBody.Typed(now.type(), new Content(namespace, (Branch) node)));
        reading = Optional.empty();
    }

    /** Path of an element that begins now: names below the content's root. */
    private String path(String name) {
        if (nodes.isEmpty()) {
            return "";
        }
        var above = nodes.getFirst().path;
        return above.isEmpty() ? name : above + "/" + name;
    }

    // ---- refusing

    /** xsi:type and xsi:nil would let a message say what its schema's annotations do not cover. */
    private void refuseInstanceAttributes(Attributes attributes) throws SAXException {
        for (int i = 0; i < attributes.getLength(); i++) {
            if (XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(attributes.getURI(i))) {
                throw stop(Refusal.of(Reason.SCHEMA_INVALID).at(place()));
            }
        }
    }

    private SAXException stop(Refusal why) {
        refusal = Optional.of(why);
        return new SAXException("refused");
    }

    /** The open elements that the schemas declare. Element names that a sender made up are never repeated. */
    private String place() {
        return reading.map(now -> contentPlace(now.form())).orElseGet(this::envelopePlace);
    }

    private String contentPlace(ContentForm form) {
        for (var node : nodes) {
            if (form.leaves().contains(node.path) || form.branches().contains(node.path)) {
                return node.path;
            }
        }
        return "inhoud";
    }

    private String envelopePlace() {
        var names = new ArrayList<String>();
        for (var part : parts.reversed()) {
            if (!catalogue.envelopeNames().contains(part.name)) {
                break;
            }
            names.add(part.name);
        }
        return names.isEmpty() ? "Body" : String.join("/", names.size() > 1 ? names.subList(1, names.size()) : names);
    }

    private ValidatorHandler strict(ValidatorHandler validator) {
        validator.setErrorHandler(this);
        return validator;
    }

    /** An element of the envelope that is still open. */
    private static final class OpenPart {

        private final String name;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<Part> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        OpenPart(String name) {
            this.name = name;
        }

        Part part() {
            return new Part(name, Map.copyOf(attributes), List.copyOf(children),
                    children.isEmpty() ? text.toString() : "");
        }
    }

    /** An element of the content that is still open. */
    private static final class OpenNode {

        private final String name;
        private final String path;
        private final List<Node> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private Optional<PersonId> concerns = Optional.empty();

        OpenNode(String name, String path) {
            this.name = name;
            this.path = path;
        }

        Node node(ContentForm form) {
            return form.leaves().contains(path)
                    ? new Leaf(name, concerns, text.toString())
                    : new Branch(name, concerns, children);
        }
    }
}
