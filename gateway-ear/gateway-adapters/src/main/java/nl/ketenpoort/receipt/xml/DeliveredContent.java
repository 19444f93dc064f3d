package nl.ketenpoort.receipt.xml;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.validation.ValidatorHandler;

import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.AttributesImpl;

import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.Branch;
import nl.ketenpoort.messagetype.Content.Leaf;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;

/** Content as it is delivered. */
final class DeliveredContent {

    private static final String ABOUT = "betreft";

    private final Catalogue catalogue;

    DeliveredContent(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Holds content to the delivered schema of its type.
     *
     * @throws IllegalStateException naming the place of the first fault, and no value
     */
    void check(TypeName type, Content content) {
        new Check(catalogue.form(type).delivered().newValidatorHandler(), type).run(content);
    }

    /** Writes it at the place where {@code out} stands, with its namespace as the default one. */
    void write(XMLStreamWriter out, Content content) throws XMLStreamException {
        write(out, content.root(), content.namespace(), true);
    }

    private static void write(XMLStreamWriter out, Node node, String namespace, boolean root)
            throws XMLStreamException {
        out.writeStartElement(XMLConstants.DEFAULT_NS_PREFIX, node.name(), namespace);
        if (root) {
            out.writeDefaultNamespace(namespace);
        }
        if (node.concerns().isPresent()) {
            out.writeAttribute(ABOUT, node.concerns().get().value());
        }
        switch (node) {
            case Leaf leaf -> out.writeCharacters(leaf.value());
            case Branch branch -> {
                for (var child : branch.children()) {
                    write(out, child, namespace, false);
                }
            }
        }
        out.writeEndElement();
    }

    /** One validation. What the validator says may hold a value, so only where it stood is told. */
    private static final class Check implements ErrorHandler {

        private final ValidatorHandler validator;
        private final TypeName type;
        private String at = "";

        Check(ValidatorHandler validator, TypeName type) {
            this.validator = validator;
            this.type = type;
            validator.setErrorHandler(this);
        }

        void run(Content content) {
            try {
                validator.startDocument();
                node(content.root(), content.namespace(), "");
                validator.endDocument();
            } catch (SAXException invalid) {
                throw new IllegalStateException(
                        "what is left of a " + type + " is not valid as delivered, at "
                                + (at.isEmpty() ? "the root" : at));
            }
        }

        private void node(Node node, String namespace, String path) throws SAXException {
            at = path;
            var attributes = new AttributesImpl();
            node.concerns().map(PersonId::value)
                    .ifPresent(person -> attributes.addAttribute("", ABOUT, ABOUT, "CDATA", person));
            validator.startElement(namespace, node.name(), node.name(), attributes);
            switch (node) {
                case Leaf leaf -> validator.characters(leaf.value().toCharArray(), 0, leaf.value().length());
                case Branch branch -> {
                    for (var child : branch.children()) {
                        node(child, namespace, path.isEmpty() ? child.name() : path + "/" + child.name());
                    }
                }
            }
            at = path;
            validator.endElement(namespace, node.name(), node.name());
        }

        @Override
        public void warning(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
