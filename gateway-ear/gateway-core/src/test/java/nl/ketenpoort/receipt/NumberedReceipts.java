package nl.ketenpoort.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Receipts that differ each time one is issued, so that a stored one is known from a new one. */
public final class NumberedReceipts implements ReceiptIssuer {

    private final List<Receipt> issued = new ArrayList<>();

    @Override
    public byte[] issue(Receipt receipt) {
        issued.add(receipt);
        return ("receipt " + issued.size() + " of " + receipt.messageId()).getBytes(UTF_8);
    }

    /** What was issued, in order. */
    public List<Receipt> issued() {
        return List.copyOf(issued);
    }
}
