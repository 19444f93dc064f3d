package nl.ketenpoort.validation.xml;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.refusal.Examined;

/**
 * Readers that wait for work: making one costs more than reading a message. Not one per thread, as virtual threads are
 * many and short.
 */
final class BodyReaders {

    private final Catalogue catalogue;
    private final Queue<BodyReader> waiting = new ConcurrentLinkedQueue<>();

    BodyReaders(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Examined<ReadBody> body(byte[] bytes, String element) {
        return lend(reader -> reader.body(bytes, element));
    }

    Examined<ReadBody> bodyIn(byte[] soapEnvelope, String element) {
        return lend(reader -> reader.bodyIn(soapEnvelope, element));
    }

    /** One that failed in an unforeseen way does not come back. */
    private Examined<ReadBody> lend(Function<BodyReader, Examined<ReadBody>> work) {
        var lent = waiting.poll();
        var reader = lent == null ? new BodyReader(catalogue) : lent;
        var read = work.apply(reader);
        reader.forget();
        waiting.add(reader);
        return read;
    }
}
