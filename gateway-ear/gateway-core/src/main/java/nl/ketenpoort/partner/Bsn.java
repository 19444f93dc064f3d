package nl.ketenpoort.partner;

/**
 * Burgerservicenummer: nine digits that pass the elfproef with weights 9 8 7 6 5 4 3 2 −1 and are not all zero (Wabb;
 * Besluit BSN). It never appears in {@link #toString()}.
 *
 * @param digits the nine digits
 */
public record Bsn(String digits) {

    /** @throws IllegalArgumentException if the elfproef fails; the message does not hold the value */
    public Bsn {
        if (!valid(digits)) {
            throw new IllegalArgumentException("not a BSN");
        }
    }

    /** Whether the text is nine digits that pass the elfproef. */
    public static boolean valid(String text) {
        if (text == null || text.length() != 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int sum = -(text.charAt(8) - '0');
        for (int i = 0; i < 8; i++) {
            sum += (9 - i) * (text.charAt(i) - '0');
        }
        return sum % 11 == 0 && !text.equals("000000000");
    }

    @Override
    public String toString() {
        return "BSN";
    }
}
