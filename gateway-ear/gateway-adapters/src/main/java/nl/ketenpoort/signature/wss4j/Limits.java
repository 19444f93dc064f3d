package nl.ketenpoort.signature.wss4j;

/**
 * How large a message may be before anything of it is believed.
 *
 * @param depth levels of elements
 * @param elements elements in all
 * @param attributes attributes of one element, declarations of namespaces included
 */
record Limits(int depth, int elements, int attributes) {

    /** Far above what a message type can need, far below what hurts. */
    static final Limits DEFAULT = new Limits(60, 50_000, 64);

    /** Of what the gateway wrote itself: an answer holds several messages. */
    static final Limits OWN = new Limits(64, 1_000_000, 64);
}
