package nl.ketenpoort.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;

/** Deliveries as text: the same document gives the same bytes, as in the real one. */
public final class PlainDeliveryWriting implements DeliveryWriting {

    private final Map<String, DeliveryDocument> written = new HashMap<>();

    @Override
    public WrittenDelivery write(DeliveryDocument document) {
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
