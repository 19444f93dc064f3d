package nl.ketenpoort.policies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** XML of this module, read only when it is valid against its schema. */
final class XmlData {

    private XmlData() {}

    static Document valid(String schema, Path file) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            var document = factory.newDocumentBuilder().parse(file.toFile());
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(PolicyBundle.FOLDER.resolve(schema).toFile()).newValidator()
                    .validate(new DOMSource(document));
            return document;
        } catch (SAXException | IOException | ParserConfigurationException invalid) {
            throw new AssertionError(file + " does not hold against " + schema, invalid);
        }
    }

    /** The XML files of a folder of this module, in the order of their names. */
    static List<Path> filesIn(String folder) {
        try (Stream<Path> files = Files.list(PolicyBundle.FOLDER.resolve(folder))) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(".xml")).sorted().toList());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    static List<Element> elements(Document document, String name) {
        var nodes = document.getElementsByTagNameNS("*", name);
        return IntStream.range(0, nodes.getLength()).mapToObj(at -> (Element) nodes.item(at)).toList();
    }

    static List<Element> elements(Element parent, String name) {
        var nodes = parent.getElementsByTagNameNS("*", name);
        return IntStream.range(0, nodes.getLength()).mapToObj(at -> (Element) nodes.item(at)).toList();
    }

    /** The words of a list. */
    static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
