package nl.ketenpoort.operator;

import java.util.Optional;
import java.util.regex.Pattern;

import org.xml.sax.SAXParseException;

/** What the JDK's schema validator says, in Dutch and with what to do. What is not known here is passed on as it is. */
final class SchemaMessage {

    /** The validator reports a bad value twice: by the facet, and by the attribute or element. The second names both. */
    private static final Pattern FACET = Pattern
            .compile("cvc-(pattern|enumeration|datatype|minLength|maxLength|length)-valid.*", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "cvc-attribute\\.3: The value '(.*)' of attribute '(.*)' on element '(.*)' is not valid.*type, '(.*)'\\.",
            Pattern.DOTALL);
    private static final Pattern ELEMENT = Pattern
            .compile("cvc-type\\.3\\.1\\.3: The value '(.*)' of element '(.*)' is not valid\\.", Pattern.DOTALL);
    private static final Pattern ABSENT = Pattern
            .compile("cvc-complex-type\\.4: Attribute '(.*)' must appear on element '(.*)'\\.");
    private static final Pattern FOREIGN_ATTRIBUTE = Pattern
            .compile("cvc-complex-type\\.3\\.2\\.2: Attribute '(.*)' is not allowed to appear in element '(.*)'\\.");
    private static final Pattern STRUCTURE = Pattern.compile("cvc-complex-type\\.2\\.4\\..*", Pattern.DOTALL);
    private static final Pattern TWICE = Pattern.compile(
            "cvc-identity-constraint\\.4\\.1: Duplicate unique value \\[(.*)] declared for identity constraint \"(.*)\" of .*",
            Pattern.DOTALL);
    private static final Pattern ROOT = Pattern.compile("cvc-elt\\.1.*", Pattern.DOTALL);

    private SchemaMessage() {}

    static Optional<Problem> inDutch(SAXParseException invalid) {
        var message = Optional.ofNullable(invalid.getMessage()).orElse("");
        int line = invalid.getLineNumber();
        if (FACET.matcher(message).matches()) {
            return Optional.empty();
        }
        var attribute = ATTRIBUTE.matcher(message);
        if (attribute.matches()) {
            return Optional.of(new Problem(line, "Attribuut %s van %s heeft een waarde die niet mag: '%s'."
                    .formatted(attribute.group(2), attribute.group(3), attribute.group(1)), form(attribute.group(4))));
        }
        var element = ELEMENT.matcher(message);
        if (element.matches()) {
            return Optional.of(new Problem(line,
                    "Element %s heeft een waarde die niet mag: '%s'.".formatted(element.group(2), element.group(1)),
                    form(switch (element.group(2)) {
                        case "oin" -> "Oin";
                        case "functie" -> "Code";
                        default -> "";
                    })));
        }
        var absent = ABSENT.matcher(message);
        if (absent.matches()) {
            return Optional.of(new Problem(line, "Attribuut %s van %s ontbreekt.".formatted(absent.group(1),
                    absent.group(2)), "Vul het in."));
        }
        var foreign = FOREIGN_ATTRIBUTE.matcher(message);
        if (foreign.matches()) {
            return Optional.of(new Problem(line, "Attribuut %s hoort niet bij %s.".formatted(foreign.group(1),
                    foreign.group(2)), "Verwijder het of verbeter de naam."));
        }
        var twice = TWICE.matcher(message);
        if (twice.matches()) {
            return Optional.of(new Problem(line, "%s staat twee keer in het bestand (%s)."
                    .formatted(twice.group(1), twice.group(2).replace('-', ' ')), "Houd er één over."));
        }
        if (STRUCTURE.matcher(message).matches()) {
            return Optional.of(new Problem(line, "De opbouw klopt niet: " + afterCode(message),
                    "Volg de volgorde van partners-v1.xsd."));
        }
        if (ROOT.matcher(message).matches()) {
            return Optional.of(new Problem(line, "Het bestand begint niet met het element partners.",
                    "Begin met <partners xmlns=\"urn:nl:ketenpoort:partners:v1\">."));
        }
        return Optional.of(new Problem(line, afterCode(message), "Volg partners-v1.xsd."));
    }

    private static String form(String type) {
        return switch (type) {
            case "Oin" -> "Schrijf een OIN van 20 posities, zonder spaties.";
            case "Code" -> "Schrijf een code in hoofdletters, bijvoorbeeld POLITIE of WPG_ART20.";
            case "JaNee" -> "Schrijf ja of nee.";
            case "Tijdstip" -> "Schrijf datum en tijd met tijdzone, bijvoorbeeld 2026-01-01T00:00:00+01:00.";
            case "AfspraakId" -> "Schrijf letters, cijfers, punt, streepje; hoogstens 61.";
            default -> "Vul het in en houd het kort (partners-v1.xsd noemt de grens).";
        };
    }

    private static String afterCode(String message) {
        return message.replaceFirst("^[a-z]+-[A-Za-z0-9.-]+: ", "").replace("\"urn:nl:ketenpoort:partners:v1\":", "");
    }
}
