package nl.ketenpoort.demonstration.play;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.json.JsonObject;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.demonstration.SimulatedPartner;
import nl.ketenpoort.demonstration.script.Messages;
import nl.ketenpoort.demonstration.script.Script;
import nl.ketenpoort.demonstration.script.Script.CaseStory;
import nl.ketenpoort.demonstration.script.Script.Delivered;
import nl.ketenpoort.demonstration.script.Script.Item;
import nl.ketenpoort.demonstration.script.Script.Message;
import nl.ketenpoort.demonstration.script.Script.When;
import nl.ketenpoort.demonstration.script.StoryDays;

/**
 * Plays a script once. What came of an exchange is read from the journals of the simulated partners and from the answers
 * they verified; a delivery that the script does not name counts against the exchange it came from.
 */
public final class Play {

    private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(45);
    /** An endpoint that was down when an earlier play was broken off is tried again within five minutes. */
    private static final Duration LONGEST_LEFT_OVER = Duration.ofMinutes(6);

    private final Region region;
    private final Script script;
    private final Teller teller;
    private final Progress progress;
    private final Records records;
    private final Trail trail;
    private final Journals journals;
    private final LocalDate today = LocalDate.now(StoryDays.ZONE);
    private final Map<String, OpenCase> cases = new LinkedHashMap<>();
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final Map<String, String> consents = new HashMap<>();
    private final Tally tally = new Tally();
    private final List<Reckoning.Told> notices = new ArrayList<>();

    /**
     * On a region that runs.
     *
     * @param progress hears what takes its time
     */
    public Play(Region region, Script script, Teller teller, Progress progress) {
        this.region = region;
        this.script = script;
        this.teller = teller;
        this.progress = progress;
        var database = region.stack().database();
        this.records = new Records(database.dataSource(database.owner()));
        this.trail = new Trail(records, Grounds.in(region.policies()), teller);
        this.journals = new Journals(region);
    }

    /**
     * What came of it.
     *
     * @param exchanges how many exchanges with the gateway were played
     * @param asExpected how many went as the script says
     */
    public record Result(int exchanges, int asExpected) {

        /** Whether all did. */
        public boolean right() {
            return exchanges == asExpected;
        }
    }

    private record OpenCase(CaseStory story, String decision, Optional<String> id) {}

    /**
     * A message that was sent.
     *
     * @param text as made, on the days of the story
     * @param request as sent
     * @param answer what the sender's journal says of it
     */
    private record Sent(Message message, String messageId, String text, String request, Instant at,
            JsonObject answer) {

        String caseId() {
            return answer.getString("case", "");
        }

        boolean receipted() {
            return answer.getString("outcome", "").equals("RECEIPT");
        }

        List<JsonObject> decisions() {
            return answer.containsKey("decisions")
                    ? answer.getJsonArray("decisions").getValuesAs(JsonObject.class)
                    : List.of();
        }
    }

    /** Plays it to its end, and prints the audit trail of its cases. */
    public Result run() {
        progress.waits("Wachten tot van een eerdere keer niets meer onderweg is");
        var leftOver = settle(LONGEST_LEFT_OVER);
        if (!leftOver.isEmpty()) {
            throw new IllegalStateException("Van een eerdere keer zijn na " + LONGEST_LEFT_OVER.toMinutes()
                    + " minuten nog " + leftOver.size() + " berichten onderweg");
        }
        progress.waited();
        journals.begin();
        for (CaseStory story : script.cases()) {
            var decision = "THV-0363-" + today.getYear() + "-"
                    + ThreadLocalRandom.current().nextInt(10_000, 1_000_000_000);
            cases.put(story.number(), new OpenCase(story, decision, Optional.empty()));
        }
        teller.opens(script.title(), script.cases());
        for (var step : script.steps()) {
            teller.step(step);
            for (Item item : step.items()) {
                progress.waits(item.number() + " " + item.story());
                tally.unplayable(item, this::play).ifPresent(problem -> {
                    progress.waited();
                    teller.noted(item, "", List.of(problem));
                });
            }
        }
        progress.waits("Wachten tot niets meer onderweg is, en zien of niemand te veel kreeg");
        sweep();
        progress.waited();
        var last = script.steps().stream().mapToInt(Script.Step::number).max().orElse(0);
        trail.opens(last + 1);
        cases.forEach((number, open) -> open.id().ifPresent(id -> trail.print(number, open.decision(), id)));
        trail.ends();
        return tally.result();
    }

    /**
     * A message that was sent and got a receipt.
     *
     * @param sender who sent it
     * @param caseId case of it
     * @param request as sent
     */
    public record Receipted(Partner sender, String caseId, String request) {}

    /** The last message of the play that got a receipt; empty if none did. */
    public Optional<Receipted> lastReceipted() {
        return sent.values().stream().filter(Sent::receipted).reduce((earlier, later) -> later)
                .map(now -> new Receipted(now.message().sender(), now.caseId(), now.request()));
    }

    private void play(Item item) {
        switch (item) {
            case Message message -> send(message);
            case Script.Consent consent -> register(consent);
            case Script.Withdrawal withdrawal -> withdraw(withdrawal);
            case Script.Endpoint endpoint -> {
                if (endpoint.up()) {
                    partner(endpoint.partner()).up();
                } else {
                    partner(endpoint.partner()).down();
                }
                progress.waited();
                teller.noted(endpoint, "", List.of());
            }
            case Script.Agreement agreement -> agree(agreement);
            case Script.Arrival arrival -> arrives(arrival);
            case Script.Fetching fetching -> fetch(fetching);
            case Script.Status status -> ask(status);
            case Script.Notice notice -> expectNotice(notice);
            case Script.Rule rule -> lookUp(rule);
            case Script.Alarm alarm -> lookUp(alarm);
            case Script.Recorded recorded -> lookUp(recorded);
        }
    }

    private SimulatedPartner partner(Partner partner) {
        return region.partner(partner);
    }

    // A message

    private void send(Message message) {
        var found = problemsOf(message);
        var making = message.making();
        var open = caseOf(message.caseNumber());
        var situation = new Messages.Situation(
                making.unknownCase() ? Optional.of(UUID.randomUUID().toString()) : open.id(), open.decision(),
                making.refersTo().map(number -> sentAs(number).messageId()),
                making.consent().map(name -> consents.getOrDefault(name, "")));
        var texts = sent.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));
        var text = Messages.make(making, open.story().replacements(), situation, texts);
        var request = new StoryDays(open.story().day(), today).moved(text);
        var messageId = making.messageIdOf().map(number -> sentAs(number).messageId())
                .orElseGet(() -> "urn:uuid:" + UUID.randomUUID());
        int mark = journals.mark(message.sender());
        var at = Instant.now();
        partner(message.sender()).send(messageId, request);
        var now = new Sent(message, messageId, text, request, at,
                journals.outcomeOf(message.sender(), messageId, mark));
        sent.put(message.number(), now);
        if (open.id().isEmpty() && !now.caseId().isEmpty()) {
            cases.put(message.caseNumber(), new OpenCase(open.story(), open.decision(), Optional.of(now.caseId())));
        }
        boolean opened = open.id().isEmpty() && !now.caseId().isEmpty();
        var outcome = outcomeOf(now, found);
        var what = message.sender().shownAs() + " -> " + Wire.receivers(request) + ": " + Wire.type(request);
        progress.waited();
        teller.told(message, at, what, outcome, !now.receipted(), found);
        if (opened) {
            teller.note("de route van de gemeente geeft: " + records.partiesOf(now.caseId()).stream()
                    .map(party -> party.function() + " " + organisation(party.oin()))
                    .collect(Collectors.joining(", ")));
        }
        showProvenance(now);
    }

    private static String organisation(String oin) {
        return Stream.of(Partner.values()).filter(partner -> partner.oin().equals(oin)).findFirst()
                .map(Partner::organisation).orElse(oin);
    }

    private String outcomeOf(Sent now, List<String> found) {
        var answer = now.answer();
        switch (now.message().expected()) {
            case Script.Refusal(String code, Optional<String> lawful) -> {
                if (now.receipted() || !answer.getString("code", "").equals(code)) {
                    found.add("verwacht was een weigering " + code);
                }
                checkLawful(answer, lawful, found);
            }
            case Script.Receipt receipt -> {
                if (now.receipted()) {
                    compare(now, receipt, found);
                } else {
                    found.add("verwacht was een ontvangstbewijs");
                }
            }
        }
        if (now.receipted()) {
            return "ontvangstbewijs: " + now.decisions().stream().map(decision -> told(now, decision))
                    .collect(Collectors.joining("; "));
        }
        return answer.getString("what").equals("unanswered")
                ? "geen antwoord dat te vertrouwen is: " + answer.getString("reason", "")
                : "geweigerd, " + answer.getString("code") + ": " + answer.getString("text")
                        + (answer.containsKey("lawful") ? " Wat wel kan: " + answer.getString("lawful") : "");
    }

    /** A refusal, or a decision about one receiver. */
    private static void checkLawful(JsonObject refusal, Optional<String> expected, List<String> found) {
        var said = Optional.ofNullable(refusal.getString("lawful", null));
        if (!(expected.isEmpty() ? said.isEmpty() : said.filter(text -> text.contains(expected.get())).isPresent())) {
            found.add("wat wel kan is '" + said.orElse("") + "', verwacht was '" + expected.orElse("") + "'");
        }
    }

    private void compare(Sent now, Script.Receipt expected, List<String> found) {
        var permitted = now.decisions().stream().filter(Play::permits).map(Play::receiver)
                .collect(Collectors.toCollection(TreeSet::new));
        var wanted = expected.deliveries().stream().map(delivery -> delivery.partner().shownAs())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!permitted.equals(wanted)) {
            found.add("toegestaan voor " + permitted + ", verwacht was " + wanted);
        }
        var denied = now.decisions().stream().filter(decision -> !permits(decision))
                .map(decision -> decision.getString("function", "") + " " + decision.getString("code", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        var wantedDenied = expected.denied().stream().map(denial -> denial.function() + " " + denial.code())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!denied.equals(wantedDenied)) {
            found.add("geweigerd voor " + denied + ", verwacht was " + wantedDenied);
        }
        expected.denied().forEach(denial -> now.decisions().stream()
                .filter(decision -> decision.getString("function", "").equals(denial.function()) && !permits(decision))
                .forEach(decision -> checkLawful(decision, denial.lawful(), found)));
        now.message().making().messageIdOf().map(this::sentAs)
                .filter(first -> !first.answer().getString("receipt", "").equals(now.answer().getString("receipt")))
                .ifPresent(first -> found.add("het ontvangstbewijs is een ander dan dat van "
                        + first.message().number()));
        compareParties(now, expected.parties(), found);
        expected.deliveries().stream().filter(delivery -> delivery.when() == When.AT_ONCE)
                .filter(delivery -> permitted.contains(delivery.partner().shownAs()))
                .forEach(delivery -> await(now, delivery, found));
    }

    private void compareParties(Sent now, Set<String> expected, List<String> found) {
        if (!expected.isEmpty()) {
            var parties = records.partiesOf(now.caseId()).stream().map(party -> party.function() + "@" + party.oin())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!parties.equals(expected)) {
                found.add("in de casus staan " + parties + ", verwacht was " + new TreeSet<>(expected));
            }
        }
    }

    private void await(Sent now, Delivered delivery, List<String> found) {
        if (!Awaiting.within(LONGEST_DELIVERY,
                () -> !journals.receivedBy(delivery.partner(), now.messageId()).isEmpty())) {
            found.add(delivery.partner().shownAs() + " ontving niets binnen " + LONGEST_DELIVERY.toSeconds() + " s");
            return;
        }
        var entry = journals.receivedBy(delivery.partner(), now.messageId()).getFirst();
        delivery.purpose().filter(purpose -> !purpose.equals(entry.getString("purpose")))
                .ifPresent(purpose -> found.add(delivery.partner().shownAs() + " kreeg het voor "
                        + entry.getString("purpose") + ", verwacht was " + purpose));
        var paths = Wire.strings(entry, "paths");
        delivery.with().stream().filter(path -> paths.stream().noneMatch(found(path)))
                .forEach(path -> found.add(delivery.partner().shownAs() + " mist " + path));
        delivery.without().stream().filter(path -> paths.stream().anyMatch(found(path)))
                .forEach(path -> found.add(delivery.partner().shownAs() + " kreeg " + path));
        if (!delivery.only().isEmpty()) {
            paths.stream().filter(path -> delivery.only().stream().noneMatch(only -> found(only).test(path)))
                    .forEach(path -> found.add(delivery.partner().shownAs() + " kreeg ook " + path));
        }
        var herkomst = entry.getJsonObject("herkomst");
        if (!herkomst.getString("original").equals(now.answer().getString("digest"))
                || !herkomst.getString("sender").equals(now.message().sender().oin())) {
            found.add("de herkomst bij " + delivery.partner().shownAs() + " hoort niet bij wat de zender ondertekende");
        }
    }

    /** A path, or anything below an element. */
    private static Predicate<String> found(String wanted) {
        return path -> path.equals(wanted) || path.startsWith(wanted + "/") || path.startsWith(wanted + "@");
    }

    private String told(Sent now, JsonObject decision) {
        var receiver = receiver(decision);
        if (!permits(decision)) {
            return receiver + " geweigerd, " + decision.getString("code", "zonder code");
        }
        var partner = Partner.of(decision.getString("oin"), decision.getString("function"));
        boolean again = now.message().making().messageIdOf().isPresent();
        var arrived = again ? " heeft het al"
                : partner.stream().flatMap(known -> journals.receivedBy(known, now.messageId()).stream()).findFirst()
                        .map(entry -> Teller.seconds(Duration.between(now.at(), Instant.parse(entry.getString("at")))))
                        .map(after -> " na " + after)
                        .orElse(partner.map(Partner::push).orElse(true) ? " wacht" : " in de postbus");
        var leftOut = Wire.strings(decision, "leftOut");
        return receiver + arrived + (leftOut.isEmpty() ? "" : " zonder " + Teller.leftOut(leftOut));
    }

    private void showProvenance(Sent now) {
        if (now.message().expected() instanceof Script.Receipt receipt) {
            receipt.deliveries().stream().filter(Delivered::showsProvenance)
                    .flatMap(delivery -> journals.receivedBy(delivery.partner(), now.messageId()).stream()
                            .map(entry -> delivery.partner().shownAs() + " houdt een herkomst: zender "
                                    + entry.getJsonObject("herkomst").getString("sender") + ", digest van wat die"
                                    + " ondertekende " + entry.getJsonObject("herkomst").getString("original")
                                    + " (dezelfde als in het ontvangstbewijs), digest van dit deel "
                                    + entry.getJsonObject("herkomst").getString("delivered")))
                    .forEach(teller::note);
        }
    }

    private static boolean permits(JsonObject decision) {
        return decision.getString("outcome").equals("TOEGESTAAN");
    }

    private static String receiver(JsonObject decision) {
        var oin = decision.getString("oin", "");
        var function = decision.getString("function", oin);
        return Partner.of(oin, function).map(Partner::shownAs).orElse(function);
    }

    // Consent

    private void register(Script.Consent consent) {
        var found = problemsOf(consent);
        var at = Instant.now();
        int mark = journals.mark(consent.sender());
        partner(consent.sender()).registerConsent(idOf(consent.caseNumber()),
                consent.sender().functions().getFirst(), consent.person(), consent.purpose(), consent.between(),
                consent.categories());
        var answer = journals.answerTo(consent.sender(), "consent", mark).orElse(JsonObject.EMPTY_JSON_OBJECT);
        if (answer.containsKey("consent")) {
            consents.put(consent.name(), answer.getString("consent"));
        } else {
            found.add("de toestemming werd niet geregistreerd: " + answer);
        }
        progress.waited();
        teller.told(consent, at, consent.sender().shownAs() + " -> Ketenpoort: toestemming registreren",
                "geregistreerd: " + consent.person() + ", " + consent.purpose() + ", tussen "
                        + String.join(" en ", consent.between()) + ", gegevens "
                        + String.join(" ", consent.categories()) + ", 28 dagen",
                false, found);
    }

    private void withdraw(Script.Withdrawal withdrawal) {
        var found = problemsOf(withdrawal);
        var at = Instant.now();
        int mark = journals.mark(withdrawal.sender());
        partner(withdrawal.sender()).withdrawConsent(idOf(withdrawal.caseNumber()),
                consents.getOrDefault(withdrawal.name(), ""));
        var answer = journals.answerTo(withdrawal.sender(), "withdraw", mark).orElse(JsonObject.EMPTY_JSON_OBJECT);
        int stopped = answer.getInt("stopped", -1);
        if (stopped != withdrawal.stops()) {
            found.add("er stopten geen " + withdrawal.stops() + " bezorgingen: " + answer);
        }
        progress.waited();
        teller.told(withdrawal, at, withdrawal.sender().shownAs() + " -> Ketenpoort: toestemming intrekken",
                "ingetrokken; bezorgingen die daardoor stopten: " + stopped, false, found);
    }

    // What is looked at afterwards counts against the message it is about

    private void arrives(Script.Arrival arrival) {
        var now = sentAs(arrival.message());
        var found = new ArrayList<String>();
        var told = new ArrayList<String>();
        if (now.message().expected() instanceof Script.Receipt receipt) {
            receipt.deliveries().stream().filter(delivery -> delivery.when() == When.LATER).forEach(delivery -> {
                await(now, delivery, found);
                journals.receivedBy(delivery.partner(), now.messageId()).stream().findFirst()
                        .map(entry -> delivery.partner().shownAs() + " ontving het "
                                + Teller.seconds(Duration.between(now.at(), Instant.parse(entry.getString("at"))))
                                + " na verzending")
                        .ifPresent(told::add);
            });
        }
        conclude(arrival, now, String.join("; ", told), found);
    }

    private void fetch(Script.Fetching fetching) {
        var counted = problemsOf(fetching);
        var now = sentAs(fetching.message());
        var at = Instant.now();
        partner(fetching.partner()).fetch();
        var entry = journals.receivedBy(fetching.partner(), now.messageId()).stream().findFirst();
        boolean confirmed = entry.map(one -> one.getString("via").equals("mailbox")
                && journals.confirmed(fetching.partner(), one.getString("delivery"))).orElse(false);
        if (!confirmed) {
            counted.add(fetching.partner().shownAs() + " haalde het niet op uit de postbus, of bevestigde het niet");
        } else if (now.message().expected() instanceof Script.Receipt receipt) {
            receipt.deliveries().stream().filter(delivery -> delivery.partner() == fetching.partner())
                    .forEach(delivery -> await(now, delivery, counted));
        }
        progress.waited();
        teller.told(fetching, at, fetching.partner().shownAs() + " -> Ketenpoort: postbus ophalen en bevestigen",
                entry.map(one -> "opgehaald en bevestigd: " + one.getString("type") + ", "
                        + Teller.seconds(Duration.between(now.at(), Instant.parse(one.getString("at"))))
                        + " na verzending").orElse("niets"),
                false, counted);
    }

    /** Asks until it is as expected: an attempt may be under way, and ends by itself. */
    private void ask(Script.Status status) {
        var counted = problemsOf(status);
        var now = sentAs(status.message());
        var at = Instant.now();
        var wanted = (status.state() + " " + status.code()).strip();
        if (!Awaiting.within(LONGEST_DELIVERY, () -> state(status, now).equals(wanted))) {
            counted.add("de stand is " + state(status, now) + ", verwacht was " + wanted);
        }
        progress.waited();
        teller.told(status, at, now.message().sender().shownAs() + " -> Ketenpoort: stand van " + status.message(),
                status.function() + ": " + state(status, now), false, counted);
    }

    private String state(Script.Status status, Sent now) {
        int mark = journals.mark(now.message().sender());
        partner(now.message().sender()).statusOf(now.messageId());
        var answer = journals.answerTo(now.message().sender(), "status", mark).orElse(JsonObject.EMPTY_JSON_OBJECT);
        return (answer.containsKey("receivers")
                ? answer.getJsonArray("receivers").getValuesAs(JsonObject.class)
                : List.<JsonObject>of()).stream()
                .filter(one -> one.getString("function", "").equals(status.function())).findFirst()
                .map(one -> (one.getString("state") + " " + one.getString("code")).strip()).orElse("geen");
    }

    private void expectNotice(Script.Notice notice) {
        var now = sentAs(notice.message());
        var found = new ArrayList<String>();
        var told = new Reckoning.Told(notice.partner(), now.messageId(),
                new Reckoning.Ending(notice.function(), notice.state(), notice.code()));
        notices.add(told);
        if (!Awaiting.within(LONGEST_DELIVERY,
                () -> journals.receivedBy(notice.partner()).stream().anyMatch(told::isToldBy))) {
            found.add(notice.partner().shownAs() + " kreeg geen bezorgmelding " + told.ending());
        }
        conclude(notice, now, "bezorgmelding bij " + notice.partner().shownAs() + ": " + told.ending(), found);
    }

    private void lookUp(Script.Rule rule) {
        var now = sentAs(rule.message());
        var found = new ArrayList<String>();
        var ruling = now.caseId().isEmpty() ? Optional.<JsonObject>empty()
                : records.ruling(now.caseId(), now.messageId(), rule.function(), rule.category(), rule.person());
        var policies = ruling.map(one -> Wire.strings(one, "policies")).orElse(List.of());
        var code = ruling.map(one -> one.getString("code", "")).orElse("");
        if (policies.stream().map(Grounds::idOf).noneMatch(rule.policy()::equals) || !code.equals(rule.code())) {
            found.add("het besluit noemt " + policies + " " + code + ", verwacht was " + rule.policy() + " "
                    + rule.code());
        }
        conclude(rule, now, "besluit voor " + rule.function() + " over " + rule.category() + " van " + rule.person()
                + ": niet, " + code + " door " + policies + "; " + trail.groundOf(rule.policy()), found);
    }

    private void lookUp(Script.Alarm alarm) {
        var now = sentAs(alarm.message());
        var found = new ArrayList<String>();
        var alarms = recordedOf(now, "ALARM").map(entry -> entry.facts().getString("alarm", "")).toList();
        if (!alarms.equals(List.of(alarm.kind()))) {
            found.add("als alarm is vastgelegd " + alarms + ", verwacht was " + alarm.kind());
        }
        conclude(alarm, now, "alarm " + String.join(", ", alarms), found);
    }

    private void lookUp(Script.Recorded recorded) {
        var now = sentAs(recorded.message());
        var found = new ArrayList<String>();
        var wanted = recorded.kind() + " " + recorded.function() + " " + recorded.code();
        var entry = recordedOf(now, recorded.kind())
                .filter(one -> !one.facts().containsKey("notice")
                        && one.facts().getString("function", "").equals(recorded.function())
                        && one.facts().getString("code", "").equals(recorded.code()))
                .findFirst();
        if (entry.isEmpty()) {
            found.add("in het spoor staat geen " + wanted);
        }
        conclude(recorded, now,
                entry.map(one -> "vastgelegd " + Teller.time(one.at()) + ": " + wanted).orElse("niet vastgelegd"),
                found);
    }

    private Stream<Records.Entry> recordedOf(Sent now, String kind) {
        return (now.caseId().isEmpty() ? List.<Records.Entry>of() : records.trailOf(now.caseId())).stream()
                .filter(entry -> entry.kind().equals(kind) && entry.messageId().equals(now.messageId()));
    }

    // The register

    /** The operator's command, and the record that it leaves. */
    private void agree(Script.Agreement agreement) {
        long mark = records.mark();
        region.withAgreement(agreement.kind());
        var id = Region.idOf(agreement.kind());
        var recorded = records.changesOf(id, mark);
        if (recorded.isEmpty()) {
            problemsOf(agreement).add("van " + id + " is geen PARTNERS_CHANGED vastgelegd");
        }
        progress.waited();
        teller.noted(agreement, Region.describe(agreement.kind()),
                recorded.isEmpty() ? problemsOf(agreement) : List.of());
        recorded.forEach(entry -> teller.note("vastgelegd " + Teller.time(entry.at()) + ": PARTNERS_CHANGED, "
                + id + " " + entry.facts().getString("change", "") + ", door " + entry.facts().getString("by", "")
                + ", versie " + entry.facts().getString("version", "") + " van het register"));
        teller.note("een beheerder doet dit met: " + region.partnersCommand());
    }

    private void conclude(Item item, Sent about, String what, List<String> found) {
        problemsOf(about.message()).addAll(found);
        progress.waited();
        teller.noted(item, what, found);
    }

    // The end

    /**
     * Waits until nothing is under way any more, of any case, and empties the mailboxes.
     *
     * @return MessageIDs of what is under way all the same
     */
    private List<String> settle(Duration longest) {
        Awaiting.within(longest, () -> records.underWay().isEmpty());
        for (Partner partner : Partner.values()) {
            if (!partner.push() && !Awaiting.within(LONGEST_DELIVERY, () -> isEmpty(partner(partner).fetch()))) {
                throw new IllegalStateException("De postbus van " + partner.shownAs() + " raakt niet leeg");
            }
        }
        return records.underWay();
    }

    private static boolean isEmpty(JsonObject fetched) {
        return !fetched.containsKey("received") || fetched.getJsonArray("received").isEmpty();
    }

    /** Everything that anybody was delivered must be named by the script, and be there once. */
    private void sweep() {
        try {
            reckon();
        } catch (RuntimeException why) {
            var last = sent.values().stream().reduce((earlier, later) -> later).map(now -> now.message().number());
            count(new Reckoning.Finding(last.orElse("0.0"),
                    "of niemand te veel kreeg is niet gezien: " + why.getMessage()));
        }
    }

    private void reckon() {
        var underWay = settle(LONGEST_DELIVERY);
        var reckoning = new Reckoning(sent.values().stream()
                .map(now -> new Reckoning.Sent(now.message().number(), now.messageId(),
                        deliveriesOf(now.message()).toList()))
                .toList(), notices);
        reckoning.unfinished(underWay).forEach(this::count);
        for (Partner partner : Partner.values()) {
            reckoning.findings(partner, journals.of(partner)).forEach(this::count);
        }
    }

    private void count(Reckoning.Finding finding) {
        tally.of(finding.number()).add(finding.problem());
        teller.late(finding.number(), finding.problem());
    }

    private static Stream<Delivered> deliveriesOf(Message message) {
        return message.expected() instanceof Script.Receipt receipt ? receipt.deliveries().stream() : Stream.empty();
    }

    // The play so far

    private List<String> problemsOf(Item item) {
        return tally.of(item.number());
    }

    private OpenCase caseOf(String number) {
        return Optional.ofNullable(cases.get(number))
                .orElseThrow(() -> new IllegalArgumentException("casus " + number + " staat niet in het verloop"));
    }

    private String idOf(String number) {
        return caseOf(number).id()
                .orElseThrow(() -> new IllegalStateException("casus " + number + " is niet geopend"));
    }

    private Sent sentAs(String number) {
        return Optional.ofNullable(sent.get(number))
                .orElseThrow(() -> new IllegalArgumentException("bericht " + number + " is er niet"));
    }
}
