package nl.ketenpoort.acceptancetests;

import static nl.ketenpoort.partnerclient.attack.RawSoap.RSA_SHA1;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.partnerclient.attack.RawKey;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/**
 * A right message, spoiled in all the ways in which any message can be, each with the code it is refused with.
 *
 * @param line to the gateway
 * @param newMark hears of what a spoiled message holds instead of a mark
 */
record EveryRefusal(Line line, Consumer<String> newMark) {

    /** What a message of any type can be refused for, played for each. */
    static final Set<String> OF_ANY_TYPE = Set.of("KP-1101", "KP-1102", "KP-1103", "KP-1104", "KP-1106", "KP-1107",
            "KP-2001", "KP-2002", "KP-2005", "KP-2006", "KP-2007", "KP-2012", "KP-2013", "KP-3201", "KP-3202",
            "KP-4001", "KP-5101", "KP-5102", "KP-5103", "KP-5104", "KP-5115", "KP-6101");

    private static final String STRANGER = "00000099000000094000";
    private static final String NOBODY = "00000099000000098000";
    private static final int LARGEST = 1 << 20;
    private static final Pattern RECEIVERS = Pattern.compile("(<kp:ontvangers)[^>]*>(.*?)(</kp:ontvangers>)",
            Pattern.DOTALL);
    private static final Pattern PURPOSE = Pattern.compile("<kp:doel>([^<]*)");
    private static final Pattern BSN = Pattern.compile("(<kp:bsn>)(\\d{8})(\\d)(?=<)");

    /**
     * A message that is wrong in one way.
     *
     * @param connection on which it is sent
     * @param reader whom the answer is for
     */
    record Spoiled(String code, PartnerCertificates connection, RawKey reader, RawSoap soap) {}

    List<Spoiled> of(String type, Partner sender, String request) {
        var spoiled = new ArrayList<Spoiled>();
        spoiled.addAll(ofForm(sender, request));
        spoiled.addAll(ofSignature(sender, request));
        spoiled.addAll(ofContent(type, sender, request));
        spoiled.addAll(ofPartner(sender, request));
        spoiled.addAll(ofPurposeAndCase(type, sender, request));
        return spoiled;
    }

    private Spoiled spoiled(String code, Partner sender, RawSoap soap) {
        return new Spoiled(code, line.keysOf(sender), Line.raw(line.keysOf(sender).sign()), soap);
    }

    /** In clear, so that whatever reads it could repeat it. */
    private List<Spoiled> ofForm(Partner sender, String request) {
        return List.of(
                spoiled("KP-1101", sender, line.message(sender, request).unencrypted()
                        .asText(text -> replaced(text, "</soap:Header>", "<!-- é --></soap:Header>"))
                        .encoded(StandardCharsets.ISO_8859_1, "UTF-8")),
                spoiled("KP-1102", sender, line.message(sender, request).unencrypted().unsigned().withoutTimestamp()
                        .asText(text -> text.substring(0, text.length() - 30))),
                spoiled("KP-1103", sender, line.message(sender, request).unencrypted().doctype("<!DOCTYPE x>")),
                spoiled("KP-1104", sender, line.message(sender, request).unencrypted()
                        .asText(text -> replaced(text, "</soap:Header>", " ".repeat(LARGEST) + "</soap:Header>"))),
                spoiled("KP-1106", sender,
                        line.message(sender, request).secondBodyElement("<tweede>" + Marks.fresh() + "</tweede>")),
                spoiled("KP-1107", sender, line.message(sender, request)
                        .ownHeader("<eigen xmlns=\"urn:eigen\">" + Marks.fresh() + "</eigen>")));
    }

    private List<Spoiled> ofSignature(Partner sender, String request) {
        var other = line.keysOf(sender == Partner.GGZ ? Partner.OM : Partner.GGZ).sign();
        return List.of(
                spoiled("KP-2001", sender, line.message(sender, request).unsigned()),
                spoiled("KP-2002", sender, line.message(sender, request).changedAfterSigning("berichttype", "roddel")),
                spoiled("KP-2002", sender, line.message(Line.raw(other).claiming(
                        Line.raw(line.keysOf(sender).sign())), request)),
                spoiled("KP-2005", sender, line.message(sender, request).unencrypted()),
                spoiled("KP-2006", sender, line.message(sender, request).signature(RSA_SHA1)),
                spoiled("KP-2007", sender, line.message(sender, request)
                        .created(Instant.now().minus(Duration.ofMinutes(6))).lifetime(Optional.empty())),
                spoiled("KP-2013", sender, line.encryptedTo(other.certificate(), sender, request)));
    }

    private List<Spoiled> ofContent(String type, Partner sender, String request) {
        var spoiled = new ArrayList<Spoiled>();
        spoiled.add(spoiled("KP-3201", sender, line.message(sender,
                replaced(request, "<kp:spoed>", "<kp:" + Marks.fresh() + "/><kp:spoed>"))));
        spoiled.add(spoiled("KP-3201", sender, line.message(sender,
                replaced(request, "</" + type + ">", "<" + Marks.fresh() + "/></" + type + ">"))));
        spoiled.add(spoiled("KP-3202", sender,
                line.message(sender, replaced(request, "<kp:versie>1<", "<kp:versie>7<"))));
        var bsn = BSN.matcher(request);
        if (bsn.find()) {
            var wrong = bsn.group(2) + (Integer.parseInt(bsn.group(3)) + 1) % 10;
            newMark.accept(wrong);
            spoiled.add(spoiled("KP-3301", sender, line.message(sender, bsn.replaceFirst("$1" + wrong))));
        }
        if (request.contains(" betreft=\"")) {
            spoiled.add(spoiled("KP-3308", sender, line.message(sender,
                    request.replaceFirst(" betreft=\"[^\"]*\"", " betreft=\"onbekend9\""))));
        }
        if (request.contains("<kp:verwijzing>")) {
            // Whoever came into the case by a question may answer that question only.
            var code = type.equals("zorginformatieantwoord") ? "KP-5103" : "KP-3401";
            spoiled.add(spoiled(code, sender, line.message(sender, request.replaceFirst("<kp:verwijzing>[^<]*",
                    "<kp:verwijzing>urn:uuid:" + UUID.randomUUID()))));
        }
        return spoiled;
    }

    private List<Spoiled> ofPartner(Partner sender, String request) {
        var stranger = line.keysOf(STRANGER, "Onbekende organisatie");
        var strangersKey = Line.raw(stranger.sign());
        return List.of(
                new Spoiled("KP-4001", stranger, strangersKey, line.message(strangersKey, request)),
                new Spoiled("KP-2012", line.keysOf(sender == Partner.GGZ ? Partner.OM : Partner.GGZ),
                        Line.raw(line.keysOf(sender).sign()), line.message(sender, request)));
    }

    private List<Spoiled> ofPurposeAndCase(String type, Partner sender, String request) {
        return List.of(
                spoiled("KP-5101", sender, line.message(sender, forThePurpose(request, "NIEUWSGIERIGHEID"))),
                spoiled("KP-5102", sender, line.message(sender,
                        forThePurpose(request, type.equals("afsluitbericht") ? "CRISISHULP" : "AFSLUITING"))),
                spoiled("KP-5103", sender, line.message(sender,
                        request.replaceFirst("<kp:zenderfunctie>[^<]*", "<kp:zenderfunctie>HUISARTS"))),
                spoiled("KP-5104", sender, line.message(sender, receivers(request, "$1>" + nobody(request) + "$3"))),
                spoiled("KP-5115", sender, line.message(sender,
                        receivers(request, "$1 allesOfNiets=\"true\">" + nobody(request) + "$2$3"))),
                spoiled("KP-6101", sender, line.message(sender,
                        request.replaceFirst("<kp:casus>[^<]*", "<kp:casus>" + UUID.randomUUID()))));
    }

    private static String forThePurpose(String request, String purpose) {
        return PURPOSE.matcher(request).replaceAll("<kp:doel>" + purpose);
    }

    /** Somebody who is in no case. */
    private static String nobody(String request) {
        var purpose = PURPOSE.matcher(request);
        if (!purpose.find()) {
            throw new IllegalArgumentException("no purpose: " + request);
        }
        return Matcher.quoteReplacement("<kp:ontvanger><kp:oin>" + NOBODY
                + "</kp:oin><kp:functie>GI</kp:functie><kp:doel>" + purpose.group(1) + "</kp:doel></kp:ontvanger>");
    }

    private static String receivers(String request, String replacement) {
        var receivers = RECEIVERS.matcher(request);
        if (!receivers.find()) {
            throw new IllegalArgumentException("no receivers: " + request);
        }
        return receivers.replaceFirst(replacement);
    }

    /** A message that was not changed would be a right one. */
    static String replaced(String text, String what, String with) {
        if (!text.contains(what)) {
            throw new IllegalArgumentException("there is no " + what + " in " + text);
        }
        return text.replace(what, with);
    }
}
