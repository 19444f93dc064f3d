package nl.ketenpoort.signature.wss4j;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.encryption.Serializer;
import org.apache.xml.security.encryption.XMLEncryptionException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What is decrypted is read within the same limits as what came in: an attacker who can encrypt to the gateway, which is
 * everybody, otherwise has a second door. One for each message.
 */
final class DecryptedContent implements Serializer {

    /** Envelope and Body are above it; the wrapper it is read in takes the place of the second. */
    private static final int DEPTH_OF_BODY = 1;

    private final BoundedReader reader;
    private Optional<RefusedMessage> refusal = Optional.empty();

    DecryptedContent(BoundedReader reader) {
        this.reader = reader;
    }

    /** Why the decrypted content was not read; empty if it was not decrypted or was read. */
    Optional<RefusedMessage> refusal() {
        return refusal;
    }

    @Override
    public Node deserialize(byte[] source, Node place) throws XMLEncryptionException {
        try {
            return reader.readInside(place, source, DEPTH_OF_BODY);
        } catch (RefusedMessage refused) {
            refusal = Optional.of(refused);
            throw new XMLEncryptionException(refused);
        }
    }

    @Override
    public byte[] serializeToByteArray(Element element) throws Exception {
        var out = new ByteArrayOutputStream();
        Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS).canonicalizeSubtree(element, out);
        return out.toByteArray();
    }

    @Override
    public byte[] serializeToByteArray(NodeList content) throws Exception {
        var out = new ByteArrayOutputStream();
        var canonicalizer = Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
        for (int i = 0; i < content.getLength(); i++) {
            canonicalizer.canonicalizeSubtree(content.item(i), out);
        }
        return out.toByteArray();
    }
}
