package nl.ketenpoort.demonstration.play;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;

import nl.ketenpoort.demonstration.Partner;

/** What a reader wants to see of a request, and of what simulators say. */
final class Wire {

    private static final Pattern RECEIVER = Pattern.compile("<kp:ontvanger>(.*?)</kp:ontvanger>", Pattern.DOTALL);
    private static final Pattern OIN = Pattern.compile("<kp:oin>([^<]*)</kp:oin>");
    private static final Pattern FUNCTION = Pattern.compile("<kp:functie>([^<]*)</kp:functie>");
    private static final Pattern TYPE = Pattern.compile("<kp:berichttype>([^<]*)</kp:berichttype>");

    private Wire() {}

    /** Whom the envelope names. */
    static String receivers(String request) {
        return RECEIVER.matcher(request).results().map(found -> receiver(found.group(1))).distinct()
                .collect(Collectors.joining(", "));
    }

    private static String receiver(String ontvanger) {
        var oin = first(OIN, ontvanger);
        var function = first(FUNCTION, ontvanger);
        var known = Arrays.stream(Partner.values())
                .filter(partner -> oin.map(partner.oin()::equals).orElse(false))
                .filter(partner -> function.map(partner.functions()::contains).orElse(true)).toList();
        return known.size() == 1
                ? known.getFirst().shownAs()
                : function.or(() -> known.stream().findFirst().map(Partner::organisation)).or(() -> oin).orElse("?");
    }

    static String type(String request) {
        return first(TYPE, request).orElse("?");
    }

    static List<String> strings(JsonObject object, String name) {
        return object.getJsonArray(name).getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }

    private static Optional<String> first(Pattern pattern, String in) {
        var matcher = pattern.matcher(in);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
