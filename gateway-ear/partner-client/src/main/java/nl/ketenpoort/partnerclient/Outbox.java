package nl.ketenpoort.partnerclient;

/**
 * Where a sender keeps a message before its first attempt. Without it a crash after sending leaves a sender that does
 * not know under which MessageID to ask again, and would send the same fact twice.
 */
public interface Outbox {

    /** Returns only when both are durable. */
    void store(String messageId, String request);

    /** The end: a receipt, or a refusal that repeating does not change. */
    void settle(String messageId, SendResult result);
}
