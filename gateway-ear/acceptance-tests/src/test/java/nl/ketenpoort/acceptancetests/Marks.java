package nl.ketenpoort.acceptancetests;

import java.util.UUID;
import java.util.regex.Pattern;

/** Words that are nowhere but in the content a test sends, so that a trace of content can be recognised anywhere. */
final class Marks {

    private static final String PREFIX = "Merkteken";
    private static final Pattern ANY = Pattern.compile(PREFIX + "[0-9a-f]{12}");
    /** A value of a closed list is in capitals, and is no free text. */
    private static final Pattern FREE_TEXT = Pattern
            .compile("(<(tekst|toelichting|naam|motivering|wat|omschrijving)( [^>]*)?>)(?![A-Z0-9_]+<)[^<]+(</\\2>)");

    private Marks() {}

    static String fresh() {
        return PREFIX + UUID.randomUUID().toString().substring(24);
    }

    /** The first mark in what was found; empty if there is none. */
    static String in(String found) {
        var mark = ANY.matcher(found);
        return mark.find() ? mark.group() : "";
    }

    /** A message whose free text is marks; refuses one that has none, in which no trace could be recognised. */
    static String instead(String request) {
        var marked = whereThereIsText(request);
        if (in(marked).isEmpty()) {
            throw new IllegalArgumentException("there is no free text to mark: " + request);
        }
        return marked;
    }

    /** The same of a message that may have none. */
    static String whereThereIsText(String request) {
        return FREE_TEXT.matcher(request).replaceAll(found -> found.group(1) + fresh() + found.group(4));
    }
}
