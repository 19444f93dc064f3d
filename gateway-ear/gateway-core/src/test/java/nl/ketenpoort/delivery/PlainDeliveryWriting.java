package nl.ketenpoort.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.signature.KeysUnusable;

/** Deliveries as text: the same document gives the same bytes, as in the real one. */
public final class PlainDeliveryWriting implements DeliveryWriting {

    private final Set<TypeName> invalid = new HashSet<>();
    private final Map<String, DeliveryDocument> written = new HashMap<>();
    private boolean signs = true;

    /** From now on what is left of messages of this type is not valid. */
    public void refuse(TypeName type) {
        invalid.add(type);
    }

    /** Whether the key that signs the herkomst is there. */
    public void canSign(boolean now) {
        signs = now;
    }

    @Override
    public WrittenDelivery write(DeliveryDocument document) {
        if (!signs) {
            throw new KeysUnusable(new IllegalStateException("the key is not there"));
        }
        if (invalid.contains(document.type())) {
            throw new IllegalStateException("what is left is not valid");
        }
        var content = document.minimised().content().leaves().stream().map(leaf -> leaf.path() + "=" + leaf.value())
                .toList().toString();
        var delivered = document.deliveredSalt().commit(content.getBytes(UTF_8));
        var text = "bezorging " + document.id() + " nr " + document.sequence() + " " + document.type() + " " + content
                + " " + delivered;
        written.put(text, document);
        return new WrittenDelivery(text.getBytes(UTF_8), ("verzoek " + text).getBytes(UTF_8), delivered);
    }

    /** The document behind the text. */
    public DeliveryDocument documentOf(byte[] bezorging) {
        return written.get(new String(bezorging, UTF_8).replaceFirst("^verzoek ", ""));
    }
}
