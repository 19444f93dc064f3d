package nl.ketenpoort.receipt;

/** Writes a receipt and signs it with the receipt key. */
public interface ReceiptIssuer {

    /** The element {@code ontvangstbewijs} with its own signature; stored, and repeated byte for byte. */
    byte[] issue(Receipt receipt);
}
