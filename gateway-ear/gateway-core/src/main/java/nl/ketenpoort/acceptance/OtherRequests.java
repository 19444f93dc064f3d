package nl.ketenpoort.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.acceptance.Reply.Denied;
import nl.ketenpoort.acceptance.Reply.Given;
import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.consent.ConsentRegister;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.DeliveryRecords;
import nl.ketenpoort.delivery.DeliveryStore;
import nl.ketenpoort.delivery.Mailbox;
import nl.ketenpoort.delivery.Reconsideration;
import nl.ketenpoort.delivery.Reconsideration.Reconsidered;
import nl.ketenpoort.delivery.WaitingDelivery;
import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.partner.Admission;
import nl.ketenpoort.partner.FunctionCertificates;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Examined.Passed;
import nl.ketenpoort.refusal.Examined.Refused;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.signature.VerifiedMessage;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Ending;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;
import nl.ketenpoort.validation.PartnerRequest;
import nl.ketenpoort.validation.PartnerRequest.Confirm;
import nl.ketenpoort.validation.PartnerRequest.Fetch;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;
import nl.ketenpoort.validation.PartnerRequest.ShowConsents;
import nl.ketenpoort.validation.PartnerRequest.StatusOf;
import nl.ketenpoort.validation.PartnerRequest.TestCall;
import nl.ketenpoort.validation.PartnerRequest.WithdrawConsent;
import nl.ketenpoort.validation.RequestReading;

/**
 * Every operation but sending: the mailbox, the status of one's own messages, consent, and the test call. Each is read,
 * the partner admitted, and done in one transaction with its record; a refusal undoes it and is recorded apart.
 */
public final class OtherRequests implements RequestHandler {

    private static final int FETCHED_UNLESS_ASKED = 10;
    private static final String URN_UUID = "urn:uuid:";

    private final Collaborators with;

    /** With these collaborators. */
    public OtherRequests(Collaborators with) {
        this.with = with;
    }

    @Override
    public Reply perform(VerifiedMessage message) {
        var reply = switch (with.reading().read(message)) {
            case Refused<PartnerRequest>(Refusal refusal) -> Examined.<byte[]>refused(refusal);
            case Passed<PartnerRequest>(PartnerRequest request) -> with.transaction().inOne(() -> ended(
                    admitted(message).then(organisation -> answer(message, organisation, request))));
        };
        return switch (reply) {
            case Passed<byte[]>(byte[] body) -> new Given(body);
            case Refused<byte[]>(Refusal refusal) -> recorded(message, refusal);
        };
    }

    private Examined<Organisation> admitted(VerifiedMessage message) {
        return with.admission().admit(message.sender().signer(), message.sender().tlsParty());
    }

    private Examined<byte[]> answer(VerifiedMessage message, Organisation asker, PartnerRequest request) {
        var oin = asker.oin();
        return switch (request) {
            case TestCall(String text) -> Examined
                    .passed(with.answers().test(text, with.caseTime().now(), oin));
            case Fetch(var function, var maximum) -> with.mailbox()
                    .fetch(message.sender(), function, maximum.orElse(FETCHED_UNLESS_ASKED))
                    .then(fetched -> Examined
                            .passed(with.answers().fetched(fetched.deliveries(), fetched.remaining())));
            case Confirm(var items) -> confirm(message.sender(), items);
            case StatusOf(var id) -> with.status().of(oin, id)
                    .filter(status -> !closedTo(message.sender()).contains(status.senderFunction()))
                    .map(status -> Examined.passed(with.answers().status(id, status.caseId(), status.receivers())))
                    .orElseGet(() -> Examined.refused(Reason.MESSAGE_UNKNOWN));
            case RegisterConsent consent -> register(message, asker, consent);
            case ShowConsents(CaseId caseId) -> show(message, asker, caseId);
            case WithdrawConsent withdrawal -> withdraw(message, oin, withdrawal);
        };
    }

    private Examined<byte[]> confirm(Sender receiver, java.util.List<Confirm.Item> items) {
        var confirmed = new ArrayList<DeliveryId>();
        for (var item : items) {
            var one = idOf(item.deliveryUri()).then(id -> with.mailbox().confirm(receiver, id, item.digest()));
            switch (one) {
                case Passed<DeliveryId>(DeliveryId id) -> confirmed.add(id);
                case Refused<DeliveryId>(Refusal refusal) -> {
                    return Examined.refused(refusal);
                }
            }
        }
        return Examined.passed(with.answers().confirmed(confirmed));
    }

    private static Examined<DeliveryId> idOf(String uri) {
        try {
            return uri.startsWith(URN_UUID)
                    ? Examined.passed(new DeliveryId(UUID.fromString(uri.substring(URN_UUID.length()))))
                    : Examined.refused(Reason.DELIVERY_UNKNOWN);
        } catch (IllegalArgumentException notAnId) {
            return Examined.refused(Reason.DELIVERY_UNKNOWN);
        }
    }

    private Examined<byte[]> register(VerifiedMessage message, Organisation asker, RegisterConsent consent) {
        var file = caseOf(asker.oin(), consent.caseId());
        if (file.isEmpty()) {
            return Examined.refused(Reason.CASE_UNKNOWN);
        }
        Optional<Party> registrar = presentFunctionsOf(asker, file.get())
                .filter(party -> party.function().equals(consent.senderFunction())).findFirst();
        if (registrar.isEmpty()) {
            return Examined.refused(Reason.SENDER_FUNCTION_NOT_ALLOWED);
        }
        if (file.get().roleOf(consent.person()).isEmpty()) {
            return Examined.refused(Reason.PERSON_UNKNOWN);
        }
        if (file.get().servesTheOtherSideOf(registrar.get(), consent.person())) {
            return Examined.refused(Reason.CONSENT_OF_THE_OTHER_SIDE);
        }
        var id = idOf(message, consent.caseId());
        var earlier = with.consents().of(consent.caseId()).stream().filter(known -> known.id().equals(id)).findFirst();
        if (earlier.isPresent()) {
            return again(message, earlier.get(), consent);
        }
        with.consents().register(id, consent, registrar.get(), with.caseTime().now());
        record(Kind.CONSENT_REGISTERED, message, consent.caseId(),
                Map.of("consent", id.toString(), "function", consent.senderFunction().code(), "purpose",
                        consent.purpose().code(), "other-party-present",
                        Boolean.toString(consent.otherPartyPresent())));
        return Examined.passed(with.answers().consentRegistered(id));
    }

    /**
     * Of the message that registers it, so that the same one again, after an answer that was lost, makes no second consent:
     * whoever withdraws one would leave the other in force.
     */
    private static UUID idOf(VerifiedMessage message, CaseId caseId) {
        return UUID.nameUUIDFromBytes(String.join(" ", message.sender().signer().value(), message.messageId().value(),
                caseId.toString()).getBytes(StandardCharsets.UTF_8));
    }

    private Examined<byte[]> again(VerifiedMessage message, Consent earlier, RegisterConsent consent) {
        if (!earlier.says(consent)) {
            return Examined.refused(Reason.MESSAGE_ID_REUSED);
        }
        record(Kind.REPEATED, message, consent.caseId(), Map.of("consent", earlier.id().toString()));
        return Examined.passed(with.answers().consentRegistered(earlier.id()));
    }

    /** To a way to the other side even that she is treated somewhere is too much: only what is the asker's business is shown. */
    private Examined<byte[]> show(VerifiedMessage message, Organisation asker, CaseId caseId) {
        var file = caseOf(asker.oin(), caseId);
        if (file.isEmpty()) {
            return Examined.refused(Reason.CASE_UNKNOWN);
        }
        record(Kind.CONSENT_SHOWN, message, caseId, Map.of());
        var closed = closedTo(message.sender());
        return Examined.passed(with.answers().consents(with.consents().of(caseId).stream()
                .filter(consent -> presentFunctionsOf(asker, file.get())
                        .filter(party -> !closed.contains(party.function()))
                        .anyMatch(party -> isTheBusinessOf(party, consent, file.get())))
                .toList()));
    }

    /** One coordinator's system does not see or end what is the business of the other's, though both are of one organisation. */
    private Set<PartnerFunction> closedTo(Sender sender) {
        return with.certificates().closedTo(sender.signer(), sender.certificate());
    }

    /** Of whom it names or who registered it, and of whoever serves the person: he must be able to withdraw it (AVG 7(3)). */
    private static boolean isTheBusinessOf(Party party, Consent consent, CaseFile file) {
        return (consent.concerns(party) || file.serves(party, consent.person()))
                && !file.servesTheOtherSideOf(party, consent.person());
    }

    /** What waits on the ground of the consent is stopped in the same transaction, before anybody can send it. */
    private Examined<byte[]> withdraw(VerifiedMessage message, Oin oin, WithdrawConsent withdrawal) {
        var file = caseOf(oin, withdrawal.caseId());
        if (file.isEmpty()) {
            return Examined.refused(Reason.CASE_UNKNOWN);
        }
        if (!mayWithdraw(file.get(), message.sender(), withdrawal)) {
            return Examined.refused(Reason.CONSENT_UNKNOWN);
        }
        var undisclosed = with.deliveries().lockUndisclosed(withdrawal.caseId());
        var now = with.caseTime().now();
        var withdrawn = with.consents().withdraw(withdrawal.caseId(), withdrawal.consent(),
                withdrawal.possiblyUnderDuress(), now);
        if (!withdrawn) {
            return Examined.refused(Reason.CONSENT_UNKNOWN);
        }
        int stopped = 0;
        int perhapsGiven = 0;
        for (var delivery : undisclosed) {
            if (delivery.notice().isEmpty() && stops(delivery)) {
                stopped++;
                perhapsGiven += delivery.attempts().mayHaveArrived() ? 1 : 0;
            }
        }
        // Their attempts began before the withdrawal, and may be confirmed after it: the record says so beforehand.
        var underWay = with.deliveries().underWay(withdrawal.caseId()).stream().map(DeliveryId::toString)
                .collect(Collectors.joining(" "));
        record(Kind.CONSENT_WITHDRAWN, message, withdrawal.caseId(),
                Map.of("consent", withdrawal.consent().toString(), "stopped", Integer.toString(stopped),
                        "perhaps-given", Integer.toString(perhapsGiven), "under-way", underWay,
                        "possibly-under-duress", Boolean.toString(withdrawal.possiblyUnderDuress())));
        return Examined.passed(with.answers().consentWithdrawn(withdrawal.consent(), now, stopped));
    }

    /** Also in a function that was lost since: less is given by it, never more. */
    private boolean mayWithdraw(CaseFile file, Sender sender, WithdrawConsent withdrawal) {
        var closed = closedTo(sender);
        return with.consents().of(withdrawal.caseId()).stream()
                .filter(consent -> consent.id().equals(withdrawal.consent()))
                .anyMatch(consent -> file.partiesOf(sender.signer())
                        .filter(party -> !closed.contains(party.function()))
                        .anyMatch(party -> isTheBusinessOf(party, consent, file)));
    }

    /** The functions that it has in the case and did not lose in the register since. */
    private static Stream<Party> presentFunctionsOf(Organisation asker, CaseFile file) {
        return file.partiesOf(asker.oin()).filter(party -> asker.actsAs(party.function()));
    }

    /** What cannot be decided on now waits, and when it can be, that consent is not there any more. */
    private boolean stops(WaitingDelivery delivery) {
        var salt = delivery.salt().orElseGet(with.randomness()::salt);
        return switch (with.reconsideration().reconsider(delivery, salt)) {
            case Reconsidered.Stopped stop -> {
                with.records().cancelled(delivery, stop);
                yield true;
            }
            case Reconsidered.Unreadable unreadable -> {
                with.records().unreadable(delivery, unreadable);
                yield true;
            }
            case Reconsidered.Undecided undecided -> {
                with.records().undecided(delivery);
                yield false;
            }
            case Reconsidered.Allowed allowed -> false;
        };
    }

    private Optional<CaseFile> caseOf(Oin oin, CaseId caseId) {
        return with.cases().lock(caseId).filter(file -> file.participates(oin));
    }

    private Denied recorded(VerifiedMessage message, Refusal refusal) {
        return with.transaction().inOne(() -> {
            var id = append(Kind.REFUSED, message, Optional.empty(), Map.of("code", refusal.code().toString()));
            return new Keep<>(new Denied(Rejected.because(refusal).recordedAs(id)));
        });
    }

    private void record(Kind kind, VerifiedMessage message, CaseId caseId, Map<String, String> facts) {
        append(kind, message, Optional.of(caseId), facts);
    }

    private UUID append(Kind kind, VerifiedMessage message, Optional<CaseId> caseId, Map<String, String> more) {
        var facts = new HashMap<>(more);
        facts.put("operation", message.operation().wsdlName());
        facts.put("tls-party", message.sender().tlsParty().value());
        var id = with.randomness().id();
        with.journal().append(new AuditRecord(id, kind, with.caseTime().now(), caseId.map(CaseId::value),
                Optional.of(message.sender().signer().value()), Optional.of(message.messageId().value()), facts),
                with.randomness().salt());
        return id;
    }

    private static Ending<Examined<byte[]>> ended(Examined<byte[]> answer) {
        return answer instanceof Refused<byte[]> ? new Undo<>(answer) : new Keep<>(answer);
    }

    /** What these operations need. */
    public record Collaborators(RequestReading reading, Transaction transaction, Admission admission,
            FunctionCertificates certificates, CaseFiles cases, ConsentRegister consents, DeliveryStore deliveries,
            DeliveryRecords records,
            Reconsideration reconsideration, Mailbox mailbox, MessageStatus status, AnswerWriting answers,
            AuditJournal journal, Randomness randomness, CaseTime caseTime) {}
}
