package nl.ketenpoort.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nl.ketenpoort.messagetype.Trees.about;
import static nl.ketenpoort.messagetype.Trees.leaf;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import nl.ketenpoort.acceptance.AnswerWriting.ReceiverStatus;
import nl.ketenpoort.acceptance.AnswerWriting.Standing;
import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.CaseFiles.NewCase;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.InMemoryCases;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.PersonInCase;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.casefile.Routes;
import nl.ketenpoort.consent.InMemoryConsents;
import nl.ketenpoort.delivery.DeliveryRecords;
import nl.ketenpoort.delivery.EndedMailboxes;
import nl.ketenpoort.delivery.InMemoryDeliveries;
import nl.ketenpoort.delivery.InMemoryDeliveries.Row;
import nl.ketenpoort.delivery.Lane;
import nl.ketenpoort.delivery.LaneDelivery;
import nl.ketenpoort.delivery.Mailbox;
import nl.ketenpoort.delivery.NewDeliveries;
import nl.ketenpoort.delivery.NoticeSending;
import nl.ketenpoort.delivery.NoticeWriting;
import nl.ketenpoort.delivery.PartnerSystem;
import nl.ketenpoort.delivery.PlainDeliveryWriting;
import nl.ketenpoort.delivery.Reconsideration;
import nl.ketenpoort.evidence.CountedRandomness;
import nl.ketenpoort.evidence.RecordingJournal;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.Effect.Kind;
import nl.ketenpoort.messagetype.KnownTypes;
import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeDraft;
import nl.ketenpoort.messagetype.ValueRule;
import nl.ketenpoort.minimisation.Deliberation;
import nl.ketenpoort.partner.Admission;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.FunctionCertificates;
import nl.ketenpoort.partner.KnownPartners;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.Separation;
import nl.ketenpoort.purpose.Rulings;
import nl.ketenpoort.purpose.WrittenPolicies;
import nl.ketenpoort.receipt.NumberedReceipts;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Examined.Passed;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.SampleCertificate;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.signature.VerifiedMessage;
import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.SettableCaseTime;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.validation.PartnerRequest;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;
import nl.ketenpoort.validation.StoredMessages.ReadMessage;
import nl.ketenpoort.validation.WrittenMessages;

/** A gateway with all its stores in memory, its partners, and one case: put together as the real one is. */
public final class Region {

    public static final Purpose SUPERVISION = new Purpose("TOEZICHT_NALEVING");
    public static final Purpose HELP = new Purpose("HULPVERLENING");
    public static final Purpose OTHER = new Purpose("STATISTIEK");
    public static final PersonRole STAYS = new PersonRole("ACHTERBLIJVER");
    public static final PersonRole LEFT = new PersonRole("UITHUISGEPLAATSTE");
    public static final PersonId HER = new PersonId("p1");
    public static final PersonId HIM = new PersonId("p2");

    /** Anybody to anybody; the essential part is about nobody. */
    public static final MessageType REPORT = withPersonalLeaves("melding").urgent(new ValueRule.BySender()).done();
    /** Opens a case. */
    public static final MessageType OPENING = withPersonalLeaves("opening").opening()
            .impersonal("gemeente", Category.O).impersonal("besluit", Category.O)
            .impersonal("ingang", Category.O).impersonal("einde", Category.O)
            .impersonal("deelnemer/functie", Category.O).impersonal("deelnemer/oin", Category.O)
            .effect(Kind.OPENS_CASE, Map.of("gemeente", "gemeente", "besluitnummer", "besluit", "start",
                    "ingang", "einde", "einde", "regie", "VEILIG_THUIS", "deelnemer.elk", "deelnemer",
                    "deelnemer.functie", "functie", "deelnemer.oin",
                    "oin"))
            .done();
    /** Asks an organisation outside the case. */
    public static final MessageType REQUEST = withPersonalLeaves("verzoek")
            .from(Chain.POLITIE, Chain.VEILIG_THUIS, Chain.ZC_ACHTERBLIJVER, Chain.ZC_UHG)
            .to(Chain.GGZ_FUNCTION, Chain.VEILIG_THUIS)
            .effect(Kind.ADDS_PARTY, Map.of("functies", "GGZ HUISARTS", "personen", "persoon/@betreft")).done();
    /** Answers a request, to whoever asked. */
    public static final MessageType REPLY = withPersonalLeaves("antwoord")
            .from(Chain.GGZ_FUNCTION, Chain.POLITIE, Chain.VEILIG_THUIS)
            .answering("verzoek").toWhoAsked().effect(Kind.ANSWERS, Map.of()).done();
    /** Has safety effect. */
    public static final MessageType ALARM = withPersonalLeaves("alarm")
            .to(Chain.ZC_ACHTERBLIJVER, PartnerFunction.REGIEHOUDER)
            .safety(new ValueRule.Always()).urgent(new ValueRule.Always()).done();
    /** Has safety effect, and goes to Veilig Thuis only where a child is in danger. */
    public static final MessageType ENDING = withPersonalLeaves("einde").impersonal("vermoeden", Category.O)
            .onlyIf(Chain.VEILIG_THUIS, new ValueRule.ByValue("vermoeden", Set.of("ja"))).impersonal("tot", Category.O)
            .impersonal("deelnemer/functie", Category.O).impersonal("deelnemer/oin", Category.O)
            .effect(Kind.SETS_PHASE, Map.of("van", "vermoeden", "einde", "tot", "deelnemer.elk", "deelnemer",
                    "deelnemer.functie", "functie", "deelnemer.oin", "oin"))
            .safety(new ValueRule.Always()).done();
    /** Closes the case and says who holds regie last. */
    public static final MessageType CLOSING = withPersonalLeaves("sluiting").impersonal("regie", Category.O)
            .impersonal("organisatie", Category.O)
            .effect(Kind.CLOSES, Map.of("regiefunctie", "regie", "regieoin", "organisatie")).done();
    /** Sets the phase and the period of the ban, and says who is protected from whom. */
    public static final MessageType DECISION = withPersonalLeaves("besluit").impersonal("soort", Category.O)
            .personal("bescherming/@betreft", Category.O).impersonal("bescherming/tegen", Category.O)
            .impersonal("bescherming/sinds", Category.O).impersonal("ingang", Category.O)
            .impersonal("einde", Category.O)
            .effect(Kind.SETS_PHASE, Map.of("van", "soort", "fase.VERLENGING", "VERLENGD", "start", "ingang",
                    "einde", "einde", "termijn", "OPLEGGING VERLENGING", "beschermd.elk",
                    "bescherming", "beschermd.persoon", "@betreft", "beschermd.tegen", "tegen", "beschermd.sinds",
                    "sinds"))
            .impersonal("deelnemer/functie", Category.O).impersonal("deelnemer/oin", Category.O)
            .effect(Kind.SETS_PHASE,
                    Map.of("van", "soort", "deelnemer.elk", "deelnemer", "deelnemer.functie", "functie",
                            "deelnemer.oin", "oin"))
            .done();
    /** Brings persons of the network into the case. */
    public static final MessageType NETWORK = withPersonalLeaves("netwerk")
            .effect(Kind.ADDS_PERSON, Map.of("rollen", "NETWERKPERSOON")).done();
    /** Takes regie, also of the own accord of whoever was asked something. */
    public static final MessageType TAKEOVER = withPersonalLeaves("regie")
            .from(Chain.POLITIE, Chain.GGZ_FUNCTION).ofOwnAccord()
            .impersonal("sinds", Category.O)
            .effect(Kind.TAKES_OVER, Map.of("regie", "ja", "sinds", "sinds")).done();

    public static final Party POLICE = new Party(Chain.POLICE, Chain.POLITIE, Set.of());
    public static final Party SAFE_AT_HOME = new Party(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, Set.of());
    public static final Party HERS = new Party(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, Set.of(STAYS));
    public static final Party HIS = new Party(Chain.PROBATION, Chain.ZC_UHG, Set.of(LEFT));

    /** For whom it is the one to serve, the route says; it joins when a decision names it. */
    public static final Party WHEN_NAMED = new Party(Chain.OM, new PartnerFunction("GI"),
            Set.of(new PersonRole("MINDERJARIGE")));

    public final SettableCaseTime time = new SettableCaseTime();
    public final CountedRandomness randomness = new CountedRandomness();
    public final KnownPartners partners = new KnownPartners().connect(Chain.POLICE, Chain.POLITIE)
            .connect(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS).connect(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER)
            .connect(Chain.PROBATION, Chain.ZC_UHG).connect(Chain.GGZ, Chain.GGZ_FUNCTION)
            .connect(Chain.OM, Chain.OM_FUNCTION).push(Chain.POLICE, Chain.POLITIE)
            .push(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS)
            .mailbox(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, Separation.ofItsOwn())
            .mailbox(Chain.PROBATION, Chain.ZC_UHG, Separation.ofItsOwn())
            .mailbox(Chain.GGZ, Chain.GGZ_FUNCTION, Separation.ofItsOwn());
    public final WrittenPolicies policies = new WrittenPolicies();
    public final WrittenMessages written = new WrittenMessages();
    public final InMemoryCases cases = new InMemoryCases();
    public final InMemoryConsents consents = new InMemoryConsents();
    public final InMemoryMessages messages = new InMemoryMessages();
    public final InMemoryDeliveries deliveries = new InMemoryDeliveries(messages::ofMessage, messages::permitted,
            time);
    public final RecordingJournal journal = new RecordingJournal();
    public final InMemoryTransaction transaction = new InMemoryTransaction(cases, consents, messages, deliveries,
            journal);
    public final NumberedReceipts receipts = new NumberedReceipts();
    public final PlainDeliveryWriting writing = new PlainDeliveryWriting();
    public final PartnerSystem partnerSystem = new PartnerSystem(transaction::isUnderWay);
    public final CaseId caseId = new CaseId(UUID.fromString("0a4ff9a1-1111-4222-8333-9b6f2d1f0e77"));

    private final Admission admission = new Admission(partners);
    private final FunctionCertificates certificates = new FunctionCertificates(partners);
    private final KnownTypes types = new KnownTypes(Set.of(SUPERVISION, HELP, OTHER), REPORT, OPENING, REQUEST, REPLY,
            ALARM, ENDING, CLOSING, DECISION, NETWORK, TAKEOVER);
    private final Deliberation deliberation = new Deliberation(partners, new Rulings(policies));
    private final Reconsideration reconsideration = new Reconsideration(cases, consents, written, deliberation,
            writing, new NoticeWriting(writing, Chain.GATEWAY), time);
    private final NewDeliveries newDeliveries = new NewDeliveries(partners, deliveries);
    private final DeliveryRecords records = new DeliveryRecords(deliveries, deliveries, journal, randomness, time,
            policies::bundle);
    public final Mailbox mailbox = new Mailbox(certificates, deliveries, records, reconsideration, randomness,
            time);
    private final LaneDelivery laneDelivery = new LaneDelivery(transaction, deliveries, records, reconsideration,
            partners, partnerSystem, randomness, time);
    public final EndedMailboxes endedMailboxes = new EndedMailboxes(transaction, partners, deliveries, deliveries);
    private final NoticeSending notices = new NoticeSending(transaction, deliveries, newDeliveries);
    private final MessageAcceptance acceptance = new MessageAcceptance(new MessageAcceptance.Collaborators(written,
            transaction, admission, messages, types, partners, cases,
            new CaseEffects(cases, new RouteOfAmsterdam(), partners, randomness, time),
            consents, deliberation, policies, journal, randomness, receipts, newDeliveries, time));
    private final OtherRequests others = new OtherRequests(new OtherRequests.Collaborators(written, transaction,
            admission, certificates, cases, consents, deliveries, records, reconsideration, mailbox, this::statusOf,
            new PlainAnswers(), journal, randomness, time));

    /** With one open case that nobody has written about. */
    public Region() {
        transaction.inOne(() -> new Keep<>(cases.create(new NewCase(caseId, "0363", "THV-1", parties(),
                persons(), Optional.of(SAFE_AT_HOME), time.now()))));
    }

    /** The parties of the region; and a function that joins only when it is named. */
    private static final class RouteOfAmsterdam implements Routes {

        @Override
        public List<Party> partiesFor(String municipality, boolean minors, LocalDate on) {
            return municipality.equals("0363") ? parties() : List.of();
        }

        @Override
        public Optional<Set<PersonRole>> servedBy(PartnerFunction function, String municipality, LocalDate on) {
            return Stream.concat(partiesFor(municipality, false, on).stream(), Stream.of(WHEN_NAMED))
                    .filter(party -> party.function().equals(function)).map(Party::serves).findFirst();
        }
    }

    public static List<Party> parties() {
        return List.of(POLICE, SAFE_AT_HOME, HERS, HIS);
    }

    public static List<PersonInCase> persons() {
        return List.of(new PersonInCase(HER, STAYS), new PersonInCase(HIM, LEFT));
    }

    private static TypeDraft withPersonalLeaves(String name) {
        return TypeDraft.type(name).from(Chain.POLITIE, Chain.VEILIG_THUIS)
                .to(Chain.POLITIE, Chain.VEILIG_THUIS, Chain.ZC_ACHTERBLIJVER, Chain.ZC_UHG)
                .forPurposes(SUPERVISION, HELP).impersonal("kern", Category.O).essential("kern")
                .personal("persoon/@betreft", Category.O).personal("persoon/letsel", Category.H)
                .personal("persoon/verblijf", Category.WV);
    }

    /** The parts every content here has. */
    public static Node[] aboutHer() {
        return new Node[]{leaf("kern", "er is iets gebeurd"),
                about(HER, "persoon", leaf("letsel", "blauw oog"), leaf("verblijf", "bij haar zus"))};
    }

    /** A letter of the police in the case, about her, with nobody to go to yet. */
    public Letter police(MessageType type) {
        return Letter.from(Chain.POLICE, Chain.POLITIE, type).in(caseId).saying(aboutHer());
    }

    public VerifiedMessage verified(Letter letter) {
        written.mean(letter.text(), new ReadMessage(letter.type(), letter.envelope(), letter.content()));
        return verified(letter.sender(), letter.id(), Operation.SEND, letter.text());
    }

    private static VerifiedMessage verified(Oin signer, MessageId id, Operation operation, String text) {
        return new VerifiedMessage(new Sender(signer, signer, SampleCertificate.read()), id, operation,
                text.getBytes(UTF_8), WrittenMessages.envelopeAround(text).getBytes(UTF_8), List.of());
    }

    public Outcome send(Letter letter) {
        return acceptance.accept(verified(letter));
    }

    /** Sends a text that no schema knows. */
    public Outcome sendNonsense(Oin signer) {
        return acceptance.accept(verified(signer, new MessageId("urn:uuid:onzin"), Operation.SEND, "onzin"));
    }

    public Reply ask(Oin signer, Operation operation, PartnerRequest request) {
        return ask(signer, new MessageId("urn:uuid:verzoek-" + request.toString().hashCode()), operation, request);
    }

    /** The same under a MessageID of its own. */
    public Reply ask(Oin signer, MessageId id, Operation operation, PartnerRequest request) {
        var text = request.toString();
        written.mean(text, request);
        return others.perform(verified(signer, id, operation, text));
    }

    /** Her consent that the police give her health to this function for an hour. */
    public RegisterConsent consentToHealth(PartnerFunction to, Purpose purpose) {
        return new RegisterConsent(caseId, Chain.VEILIG_THUIS, HER, RegisterConsent.Giver.BETROKKENE, purpose,
                Chain.any(Chain.POLITIE), Chain.any(to), Set.of(Category.H), time.now(),
                time.now().plus(Duration.ofHours(1)),
                RegisterConsent.Framework.VRIJWILLIG, "nl", false, RegisterConsent.Form.MONDELING, Optional.empty(),
                false);
    }

    public CaseFile file() {
        return cases.read(caseId).orElseThrow();
    }

    public void close() {
        transaction.inOne(() -> {
            cases.setPhase(caseId, Phase.AFGESLOTEN, time.now());
            return new Keep<>(true);
        });
    }

    public Lane lane(Party receiver, boolean urgent) {
        return new Lane(caseId, receiver.oin(), receiver.function(), urgent);
    }

    /** One step of a lane, to which notices have found their way. */
    public LaneDelivery.Next advance(Lane lane) {
        sendNotices();
        return laneDelivery.advance(lane, () -> {});
    }

    /** One step of a lane that says when it retires. */
    public LaneDelivery.Next advance(Lane lane, Runnable retire) {
        return laneDelivery.advance(lane, retire);
    }

    /** Parks the first of a lane. */
    public void giveUp(Lane lane) {
        laneDelivery.giveUp(lane, head -> true);
    }

    /** Puts every notice on its way, as the task of each does. */
    public void sendNotices() {
        deliveries.later().forEach(notices::send);
    }

    /** The deliveries to a party, in order, with the notices to it. */
    public List<Row> deliveriesTo(Party receiver) {
        sendNotices();
        return deliveries.all().stream().filter(row -> row.lane().receiver().equals(receiver.oin())
                && row.lane().function().equals(receiver.function())).toList();
    }

    /** Fetches as the partner would, and commits. */
    public Mailbox.Fetched fetch(Party receiver, int maximum) {
        return ((Passed<Mailbox.Fetched>) fetch(receiver.oin(), SampleCertificate.read(),
                Optional.of(receiver.function()), maximum)).value();
    }

    /** Fetches with a certificate, and commits. */
    public Examined<Mailbox.Fetched> fetch(Oin receiver, X509Certificate certificate,
            Optional<PartnerFunction> function, int maximum) {
        return transaction.inOne(() -> new Keep<>(mailbox.fetch(new Sender(receiver, receiver, certificate), function,
                maximum)));
    }

    private Optional<MessageStatus.Status> statusOf(Oin sender, MessageId id) {
        return messages.all().stream()
                .filter(kept -> kept.message().verified().messageId().equals(id)
                        && kept.message().verified().sender().signer().equals(sender))
                .findFirst().map(kept -> new MessageStatus.Status(kept.caseId(),
                        kept.message().envelope().senderFunction(), kept.decisions().stream()
                                .map(decision -> new ReceiverStatus(decision.addressed().oin(),
                                        decision.addressed().function(),
                                        decision.permits() ? Standing.WACHT : Standing.GEWEIGERD, kept.receivedAt(),
                                        decision.refusal().map(refusal -> refusal.code())))
                                .toList()));
    }
}
