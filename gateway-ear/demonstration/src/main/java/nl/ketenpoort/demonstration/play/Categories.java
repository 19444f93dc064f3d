package nl.ketenpoort.demonstration.play;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the categories of data are called, as the code list says. */
final class Categories {

    private static final String LIST = "message-schemas/code-lists/categorie.xml";
    private static final Pattern VALUE = Pattern
            .compile("<waarde code=\"([A-Z]+)\"[^>]*>\\s*<label taal=\"nl\">([^<]*)</label>");

    private Categories() {}

    /** Dutch labels by code, in the order of the list. */
    static Map<String, String> labels() {
        try (InputStream in = Categories.class.getClassLoader().getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException("There is no " + LIST + " on the class path");
            }
            var labels = new LinkedHashMap<String, String>();
            VALUE.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8)).results()
                    .forEach(found -> labels.put(found.group(1), found.group(2)));
            return labels;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
