package nl.ketenpoort.messagetype.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import org.w3c.dom.Document;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Parses the files of {@code message-schemas} and compiles its schemas. Nothing outside those files is read: they have
 * a URI scheme of their own and it is the only one allowed.
 */
final class SchemaCompiler {

    private static final String SCHEME = "message-schemas";

    private final SchemaFiles files;
    private final SchemaFactory factory;
    private final DocumentBuilder parser;
    private final DOMImplementationLS inputs;

    SchemaCompiler(SchemaFiles files) {
        this.files = files;
        try {
            factory = SchemaFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, SCHEME);
            factory.setResourceResolver((kind, namespace, publicId, systemId, base) -> resolve(systemId, base));
            factory.setErrorHandler(new Strict());
            var parsers = DocumentBuilderFactory.newDefaultNSInstance();
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            parser = parsers.newDocumentBuilder();
            parser.setErrorHandler(new Strict());
            inputs = (DOMImplementationLS) parser.getDOMImplementation().getFeature("LS", "3.0");
        } catch (ParserConfigurationException | SAXException impossible) {
            throw new IllegalStateException("the XML parser of the JDK cannot be hardened", impossible);
        }
    }

    /** Compiles the schema at the path with everything it imports. */
    Schema compile(String path) {
        try {
            return factory.newSchema(new StreamSource(new ByteArrayInputStream(files.read(path)), uri(path)));
        } catch (SAXException wrong) {
            throw BrokenCatalogue.in(path, wrong, "correct the schema");
        }
    }

    /** Parses a file, and holds it to a schema. */
    Document parse(String path, Schema schema) {
        var document = parse(path);
        try {
            var validator = schema.newValidator();
            validator.setErrorHandler(new Strict());
            validator.validate(new DOMSource(document));
            return document;
        } catch (SAXException | IOException wrong) {
            throw BrokenCatalogue.in(path, wrong, "correct the file as its schema says");
        }
    }

    /** Parses a file. */
    Document parse(String path) {
        try {
            return parser.parse(new ByteArrayInputStream(files.read(path)));
        } catch (SAXException | IOException wrong) {
            throw BrokenCatalogue.in(path, wrong, "make it well-formed XML without a DTD");
        }
    }

    private LSInput resolve(String systemId, String base) {
        if (systemId == null || base == null) {
            throw BrokenCatalogue.in("", "an import names no schemaLocation",
                    "name it, relative to the importing file");
        }
        var target = URI.create(base).resolve(systemId);
        if (!SCHEME.equals(target.getScheme())) {
            throw BrokenCatalogue.in(base, "imports " + systemId, "import only files of message-schemas");
        }
        var input = inputs.createLSInput();
        input.setByteStream(new ByteArrayInputStream(files.read(target.getPath().substring(1))));
        input.setSystemId(target.toString());
        return input;
    }

    private static String uri(String path) {
        return SCHEME + ":/" + path;
    }

    /** A warning in a schema of ours is a mistake too. */
    private static final class Strict implements ErrorHandler {

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
