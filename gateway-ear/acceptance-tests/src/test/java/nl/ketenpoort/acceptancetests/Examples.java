package nl.ketenpoort.acceptancetests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The examples of the message schemas, made to fit a case of this run. */
final class Examples {

    private static final Pattern DECISION = Pattern.compile("<nummer>THV-0363-\\d{4}-\\d+");

    private Examples() {}

    /** An accepted example as it is. */
    static String accepted(String type, String name) {
        var path = "message-schemas/types/" + type + "/v1/examples/accepted/" + name + ".xml";
        try (InputStream file = Examples.class.getClassLoader().getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalArgumentException("there is no example " + path);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** An accepted example in this case. */
    static String accepted(String type, String name, String caseId) {
        return accepted(type, name).replaceFirst("<kp:casus>[^<]*", "<kp:casus>" + caseId);
    }

    /** The example that opens a case, under a decision number of its own. */
    static String opening() {
        return numbered(accepted("thv-besluit", "oplegging-opent-de-casus"));
    }

    /** The same decision, if it is one, under a number of its own. */
    static String numbered(String request) {
        return DECISION.matcher(request).replaceFirst("<nummer>THV-0363-2026-"
                + ThreadLocalRandom.current().nextInt(10_000, 10_000_000));
    }

    /** The same message to one function, for one purpose. */
    static String addressed(String request, String function, String purpose) {
        int from = request.indexOf("<kp:ontvangers");
        int to = request.indexOf("</kp:ontvangers>");
        return request.substring(0, from) + "<kp:ontvangers><kp:ontvanger><kp:functie>" + function
                + "</kp:functie><kp:doel>" + purpose + "</kp:doel></kp:ontvanger>" + request.substring(to);
    }
}
