package nl.ketenpoort.signature.wss4j;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;

import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.DocumentFragment;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

import nl.ketenpoort.refusal.Reason;

/**
 * Reads UTF-8 XML 1.0 into a DOM, once, and stops at the first thing that is not allowed: a document type, a processing
 * instruction (SOAP 1.1 section 3), one level, element or attribute too many. Nothing outside the bytes is ever opened.
 * Comments are not kept, because a signature in exclusive C14N does not cover them.
 */
final class BoundedReader {

    private static final int POOLED = 64;
    private static final Pattern DECLARATION = Pattern.compile("\\A<\\?xml\\s[^>]*>");
    private static final Pattern ENCODING = Pattern.compile("\\sencoding\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern VERSION = Pattern.compile("\\sversion\\s*=\\s*[\"']1\\.0[\"']");

    private final Limits limits;
    private final SAXParserFactory factory;
    private final DOMImplementation documents;
    private final Queue<XMLReader> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger idling = new AtomicInteger();

    BoundedReader(Limits limits) {
        this.limits = limits;
        try {
            // The JDK's own, by name: a server brings others.
            this.factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setFeature("http://xml.org/sax/features/namespace-prefixes", true);
            this.documents = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().getDOMImplementation();
        } catch (ParserConfigurationException | SAXException missing) {
            throw new IllegalStateException("The XML parser of this Java cannot be hardened", missing);
        }
    }

    Document read(byte[] bytes) throws RefusedMessage {
        var document = documents.createDocument(null, null, null);
        parse(text(bytes), document, 0);
        return document;
    }

    /** Reads decrypted content in the namespaces of the place it is decrypted into. */
    DocumentFragment readInside(Node place, byte[] content, int depth) throws RefusedMessage {
        var fragment = place.getOwnerDocument().createDocumentFragment();
        var text = text(content);
        var wrapped = new StringBuilder(text.length() + 512).append("<in");
        NamespacesInScope.of(place).forEach((prefix, namespace) -> wrapped.append(' ')
                .append(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix).append("=\"").append(escaped(namespace))
                .append('"'));
        parse(wrapped.append('>').append(text).append("</in>").toString(), fragment, depth);
        var wrapper = fragment.removeChild(fragment.getFirstChild());
        for (Node child = wrapper.getFirstChild(); child != null; child = wrapper.getFirstChild()) {
            fragment.appendChild(child);
        }
        return fragment;
    }

    private void parse(String xml, Node target, int depth) throws RefusedMessage {
        var reader = borrow();
        var builder = new BoundedBuilder(target, limits, depth);
        try {
            reader.setContentHandler(builder);
            reader.setErrorHandler(builder);
            reader.setEntityResolver(builder);
            reader.setProperty("http://xml.org/sax/properties/lexical-handler", builder);
            reader.parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException broken) {
            throw builder.refusal().orElseGet(() -> new RefusedMessage(Reason.NOT_WELL_FORMED));
        }
        // Not after a failure: a reader that was interrupted is not trusted again.
        giveBack(reader);
    }

    private static String text(byte[] bytes) throws RefusedMessage {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException otherEncoding) {
            throw new RefusedMessage(Reason.NOT_UTF8);
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        if (text.indexOf('\0') >= 0) {
            // UTF-16 or UTF-32 without a byte order mark; no XML has this character.
            throw new RefusedMessage(Reason.NOT_UTF8);
        }
        var declaration = DECLARATION.matcher(text);
        if (declaration.find()) {
            var encoding = ENCODING.matcher(declaration.group());
            if (encoding.find() && !"utf-8".equalsIgnoreCase(encoding.group(1))) {
                throw new RefusedMessage(Reason.NOT_UTF8);
            }
            if (!VERSION.matcher(declaration.group()).find()) {
                throw new RefusedMessage(Reason.NOT_WELL_FORMED);
            }
        }
        return text;
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private XMLReader borrow() {
        var pooled = idle.poll();
        if (pooled != null) {
            idling.decrementAndGet();
            return pooled;
        }
        try {
            synchronized (factory) {
                return factory.newSAXParser().getXMLReader();
            }
        } catch (ParserConfigurationException | SAXException missing) {
            throw new IllegalStateException("This Java gives no XML parser", missing);
        }
    }

    private void giveBack(XMLReader reader) {
        if (idling.incrementAndGet() <= POOLED) {
            idle.add(reader);
        } else {
            idling.decrementAndGet();
        }
    }
}
