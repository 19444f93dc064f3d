package nl.ketenpoort.partner;

import java.util.regex.Pattern;

/**
 * Organisatie-identificatienummer: 20 positions, prefix of 8 (00000001 RSIN, 00000003 KvK, 00000004 sub-OIN, 00000009
 * UZI, 00000099 test), then the number and its suffix (Logius, Digikoppeling identificatie en authenticatie).
 *
 * @param value 20 digits or capital letters, the first eight a known prefix
 */
public record Oin(String value) {

    private static final Pattern SHAPE = Pattern.compile("(00000001|00000003|00000004|00000009|00000099)[0-9A-Z]{12}");

    /** @throws IllegalArgumentException if the value is not an OIN */
    public Oin {
        if (!valid(value)) {
            throw new IllegalArgumentException("not an OIN");
        }
    }

    /** Whether the text is an OIN. */
    public static boolean valid(String text) {
        return text != null && SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
