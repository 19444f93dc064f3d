package nl.ketenpoort.schemas;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** XML as the tests read it: with namespaces, without document types. */
final class Xml {

    static final String SCHEMA = XMLConstants.W3C_XML_SCHEMA_NS_URI;
    static final String ANNOTATION = "urn:nl:ketenpoort:annotatie:v1";
    static final String ENVELOPE = "urn:nl:ketenpoort:berichten:v1";

    private static final Map<Path, Schema> COMPILED = new ConcurrentHashMap<>();

    private Xml() {}

    static Document parse(Path file) {
        return parse(new InputSource(file.toUri().toString()));
    }

    static Document parse(String text) {
        return parse(new InputSource(new StringReader(text)));
    }

    private static Document parse(InputSource source) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(source);
        } catch (ParserConfigurationException | SAXException | IOException failure) {
            throw new IllegalStateException("cannot read " + source.getSystemId(), failure);
        }
    }

    static Schema schema(Path file) {
        return COMPILED.computeIfAbsent(file, Xml::compiled);
    }

    private static Schema compiled(Path file) {
        try {
            return SchemaFactory.newInstance(SCHEMA).newSchema(file.toFile());
        } catch (SAXException failure) {
            throw new IllegalStateException("not a schema: " + file, failure);
        }
    }

    /** What is wrong with the node by this schema; empty if it is valid. */
    static Optional<String> fault(Schema schema, Node node) {
        try {
            schema.newValidator().validate(new DOMSource(node));
            return Optional.empty();
        } catch (SAXException invalid) {
            return Optional.of(String.valueOf(invalid.getMessage()));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static List<Element> children(Element parent) {
        var found = new ArrayList<Element>();
        for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    static List<Element> children(Element parent, String name) {
        return children(parent).stream().filter(child -> name.equals(child.getLocalName())).toList();
    }

    static Element child(Element parent, String name) {
        return children(parent, name).stream().findFirst()
                .orElseThrow(() -> new IllegalStateException(parent.getNodeName() + " has no " + name));
    }

    /** Every element below, in document order, with this namespace and name. */
    static List<Element> all(Document document, String namespace, String name) {
        var nodes = document.getElementsByTagNameNS(namespace, name);
        var found = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    static List<String> words(String list) {
        return list.isBlank() ? List.of() : List.of(list.strip().split("\\s+"));
    }
}
