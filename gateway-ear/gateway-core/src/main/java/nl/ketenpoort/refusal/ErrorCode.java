package nl.ketenpoort.refusal;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A permanent error code of the gateway, written {@code KP-1234}. A code is never given a second meaning and never
 * removed.
 *
 * @param number 1000 to 9999
 */
public record ErrorCode(int number) {

    private static final Pattern WRITTEN = Pattern.compile("KP-([1-9][0-9]{3})");

    /** @throws IllegalArgumentException outside 1000 to 9999 */
    public ErrorCode {
        if (number < 1000 || number > 9999) {
            throw new IllegalArgumentException("an error code has four digits");
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if the text is not {@code KP-} and four digits
     */
    public static ErrorCode parse(String written) {
        var match = WRITTEN.matcher(written);
        if (!match.matches()) {
            throw new IllegalArgumentException("an error code is written KP-1234");
        }
        return new ErrorCode(Integer.parseInt(match.group(1)));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "KP-%04d", number);
    }
}
