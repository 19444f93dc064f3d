package nl.ketenpoort.acceptance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import nl.ketenpoort.acceptance.MessageStore.Earlier;
import nl.ketenpoort.acceptance.MessageStore.Fresh;
import nl.ketenpoort.acceptance.MessageStore.Other;
import nl.ketenpoort.acceptance.MessageStore.Same;
import nl.ketenpoort.acceptance.Outcome.Accepted;
import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.acceptance.Outcome.Repeated;
import nl.ketenpoort.casefile.Ban;
import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.NewDelivery;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.minimisation.DecisionFacts;
import nl.ketenpoort.minimisation.Deliberation;
import nl.ketenpoort.minimisation.Deliberation.Circumstances;
import nl.ketenpoort.minimisation.Deliberation.Matter;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.receipt.Receipt;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Examined.Passed;
import nl.ketenpoort.refusal.Examined.Refused;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.VerifiedMessage;
import nl.ketenpoort.transaction.Transaction.Ending;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;
import nl.ketenpoort.validation.ValidMessage;

/**
 * Accepts a case message. The whole story in order:
 *
 * <ol>
 * <li>{@code validation}: the verified bytes become a valid message; no database;
 * <li>then one transaction: the partner is admitted, the MessageID claimed, the case and its consents locked, each
 * receiver decided on and his content minimised, and message, decisions, audit record, effects and deliveries stored;
 * <li>then the receipt, which was stored with them, is given.
 * </ol>
 *
 * A refusal undoes the transaction and is recorded in one of its own. If the database is not there,
 * {@link nl.ketenpoort.transaction.StoreUnavailable} passes through, and says whether anything may have been accepted.
 */
public final class MessageAcceptance {

    private final Collaborators with;
    private final Addressing addressing;

    /** With these collaborators. */
    public MessageAcceptance(Collaborators with) {
        this.with = with;
        this.addressing = new Addressing(with.types(), with.partners());
    }

    /** Accepts, repeats or refuses; never throws because of what a partner sent. */
    public Outcome accept(VerifiedMessage verified) {
        return switch (with.validation().validate(verified)) {
            case Refused<ValidMessage>(Refusal refusal) -> rejected(verified, Optional.empty(),
                    Rejected.because(refusal));
            case Passed<ValidMessage>(ValidMessage valid) -> {
                var outcome = with.transaction().<Outcome>inOne(() -> decide(valid));
                if (outcome instanceof Accepted accepted && accepted.waits()) {
                    with.deliveries().somethingIsWaiting();
                }
                yield outcome instanceof Rejected rejected
                        ? rejected(verified, Optional.of(valid), rejected)
                        : outcome;
            }
        };
    }

    private Ending<Outcome> decide(ValidMessage valid) {
        var sender = valid.verified().sender();
        return switch (with.admission().admit(sender.signer(), sender.tlsParty())) {
            case Refused<?>(Refusal refusal) -> undo(refusal);
            case Passed<?> admitted -> claim(valid);
        };
    }

    private Ending<Outcome> claim(ValidMessage valid) {
        var verified = valid.verified();
        return switch (with.messages().claim(verified.sender().signer(), verified.messageId(), verified.body())) {
            case Same(byte[] receipt) -> {
                append(audit(Kind.REPEATED, verified, Optional.of(valid), Map.of()));
                yield new Keep<>(new Repeated(receipt));
            }
            case Other other -> undo(Refusal.of(Reason.MESSAGE_ID_REUSED));
            case Fresh fresh -> switch (lockCase(valid)) {
                case Refused<CaseFile>(Refusal refusal) -> undo(refusal);
                case Passed<CaseFile>(CaseFile file) -> deliberate(valid, file);
            };
        };
    }

    /** An unknown case and a case of others are refused alike, so that nobody learns which cases exist. */
    private Examined<CaseFile> lockCase(ValidMessage valid) {
        if (valid.envelope().caseId().isEmpty()) {
            return with.effects().open(valid);
        }
        return with.cases().lock(valid.envelope().caseId().get())
                .filter(file -> file.involves(valid.verified().sender().signer())).map(Examined::passed)
                .orElseGet(() -> Examined.refused(Reason.CASE_UNKNOWN));
    }

    private Ending<Outcome> deliberate(ValidMessage valid, CaseFile file) {
        var checked = addressing.senderOf(valid, file)
                .then(party -> participantsCanJoin(valid, file)
                        .then(can -> referenceOf(valid, file, party)))
                .then(addressed -> keepsTheBan(valid, file).then(ban -> Examined.passed(addressed)))
                .then(addressed -> with.effects().takesRegieNow(valid, file).then(taken -> Examined.passed(addressed)))
                .then(addressed -> personsOf(valid,
                        addressed.in(with.effects().withPersonsOf(valid, addressed.file()))))
                .then(addressed -> with.effects().withProtectionsOf(valid, addressed.file())
                        .then(protectedFile -> Examined.passed(addressed.in(protectedFile))));
        return switch (checked) {
            case Refused<Addressed>(Refusal refusal) -> undo(refusal);
            case Passed<Addressed>(Addressed addressed) -> conclude(valid, addressed.file(), addressed.sender(),
                    decisionsOf(valid, addressed));
        };
    }

    /** Who cannot be given the function that the message gives him is a reason to refuse it, but not where it must be heard. */
    private Examined<CaseFile> participantsCanJoin(ValidMessage valid, CaseFile file) {
        return mustBeHeard(valid, file)
                ? Examined.passed(file)
                : with.effects().participantsOf(valid, file.id()).then(all -> Examined.passed(file));
    }

    /** What ends or threatens is heard in a closed case whatever else is wrong with it. */
    private static boolean mustBeHeard(ValidMessage valid, CaseFile file) {
        return file.closed() && valid.hasSafetyEffect();
    }

    /** What contradicts the times of the ban is refused; what must be heard anyway changes nothing of the ban then. */
    private Examined<Ban> keepsTheBan(ValidMessage valid, CaseFile file) {
        return mustBeHeard(valid, file)
                ? Examined.passed(file.ban())
                : with.effects().banAfter(valid, file);
    }

    /**
     * The sender as party, what he answers if this is an answer to one, and the case with every person and every
     * protection that is known by now.
     */
    private record Addressed(Party sender, Optional<Earlier> question, CaseFile file) {

        Addressed in(CaseFile now) {
            return new Addressed(sender, question, now);
        }
    }

    /** Nobody refers to what he neither sent nor received: a MessageID alone proves nothing. */
    private Examined<Addressed> referenceOf(ValidMessage valid, CaseFile file, Party sender) {
        var type = valid.type();
        var reference = valid.envelope().reference();
        if (reference.isEmpty()) {
            return type.referenceRequired()
                    ? Examined.refused(Reason.REFERENCE_REQUIRED)
                    : Examined.passed(new Addressed(sender, Optional.empty(), file));
        }
        var meant = with.messages().earlier(file.id(), reference.get()).stream()
                .filter(earlier -> earlier.isKnownTo(sender.oin()))
                .filter(earlier -> type.refersTo().isEmpty() || type.refersTo().contains(earlier.type())).toList();
        // An answer that may be one to either of two goes to neither.
        boolean clear = type.answersSender() ? meant.size() == 1 : !meant.isEmpty();
        return clear
                ? Examined.passed(new Addressed(sender,
                        meant.stream().filter(earlier -> type.answersSender()).findFirst(), file))
                : Examined.refused(Reason.REFERENCE_UNKNOWN);
    }

    private Examined<Addressed> personsOf(ValidMessage valid, Addressed addressed) {
        var file = addressed.file();
        boolean known = valid.content().persons().allMatch(person -> file.roleOf(person).isPresent())
                && valid.envelope().persons().stream().allMatch(
                        person -> file.roleOf(person.id()).map(role -> role.equals(person.role())).orElse(false));
        return known ? Examined.passed(addressed) : Examined.refused(Reason.PERSON_UNKNOWN);
    }

    private List<ReceiverDecision> decisionsOf(ValidMessage valid, Addressed message) {
        var file = message.file();
        var matter = new Matter(valid.verified().messageId(), valid.type(), valid.content(), valid.envelope().persons(),
                message.sender(),
                valid.envelope().framework(), valid.urgent(), valid.hasSafetyEffect(), file.phase());
        var circumstances = new Circumstances(addressing.withRequested(valid, file, message.sender()),
                with.consents().lockedForReading(file.id()),
                with.caseTime().now());
        var decisions = new ArrayList<ReceiverDecision>();
        for (var addressed : addressing.resolve(valid, file, message.sender(), message.question())) {
            decisions.add(switch (addressed) {
                case Addressing.Refused refused -> refused.decision();
                case Addressing.Resolved(Party receiver, var purpose) -> with.deliberation().decide(matter, receiver,
                        purpose, circumstances);
            });
        }
        return decisions;
    }

    private Ending<Outcome> conclude(ValidMessage valid, CaseFile file, Party party,
            List<ReceiverDecision> decisions) {
        var permitted = decisions.stream().filter(ReceiverDecision::permits).toList();
        if (permitted.isEmpty()) {
            return new Undo<>(new Rejected(decisions.getFirst().refusal().orElseThrow(), decisions));
        }
        // Who hears of danger after closure hears of it whatever the sender asked: someone else's refusal is no reason.
        if (valid.envelope().allOrNothing() && !mustBeHeard(valid, file) && permitted.size() < decisions.size()) {
            return new Undo<>(new Rejected(Refusal.of(Reason.ALL_OR_NOTHING), decisions));
        }
        return new Keep<>(store(valid, file, party, decisions, permitted));
    }

    private Accepted store(ValidMessage valid, CaseFile file, Party party, List<ReceiverDecision> decisions,
            List<ReceiverDecision> permitted) {
        var verified = valid.verified();
        var sender = verified.sender().signer();
        var now = with.caseTime().now();
        var salt = with.randomness().salt();
        var digest = salt.commit(verified.body());
        var leaf = append(audit(Kind.ACCEPTED, verified, Optional.of(valid),
                DecisionFacts.of(decisions, with.policies().bundle(), digest), Optional.of(file)));
        var receipt = with.receipts()
                .issue(new Receipt(verified.messageId(), sender, file.id(), now, digest, salt, decisions, leaf));
        with.messages().keep(new AcceptedMessage(valid, file.id(), file.phase(), now, digest, salt, leaf,
                with.policies().bundle(), decisions, receipt));
        alarmIfAPolicyFailed(verified, Optional.of(valid), decisions, Optional.of(file));
        for (var alarm : with.effects().apply(valid, file, party, permitted)) {
            append(audit(Kind.ALARM, verified, Optional.of(valid), Map.of("alarm", alarm), Optional.of(file)));
        }
        if (mustBeHeard(valid, file)) {
            append(audit(Kind.ALARM, verified, Optional.of(valid), Map.of("alarm", "SAFETY_EFFECT_IN_CLOSED_CASE"),
                    Optional.of(file)));
            if (!file.holdsRegie(party) && permitted.stream().noneMatch(one -> file.holdsRegie(one.receiver()))) {
                append(audit(Kind.ALARM, verified, Optional.of(valid), Map.of("alarm", "REGIE_HOLDER_NOT_TOLD"),
                        Optional.of(file)));
            }
        }
        boolean waits = false;
        for (var decision : permitted) {
            waits |= with.deliveries()
                    .add(new NewDelivery(new DeliveryId(with.randomness().id()), sender, verified.messageId(),
                            file.id(), decision.receiver(), decision.purpose(), valid.urgent(), file.phase(),
                            Optional.empty()));
        }
        return new Accepted(receipt, waits);
    }

    private Outcome rejected(VerifiedMessage verified, Optional<ValidMessage> valid, Rejected rejected) {
        var facts = new TreeMap<>(DecisionFacts.of(rejected.decisions(), with.policies().bundle()));
        facts.put("code", rejected.refusal().code().toString());
        var record = audit(Kind.REFUSED, verified, valid, facts);
        return with.transaction().<Outcome>inOne(() -> {
            append(record);
            alarmIfAPolicyFailed(verified, valid, rejected.decisions(), Optional.empty());
            if (rejected.refusal().code().equals(Reason.MESSAGE_ID_REUSED.code())) {
                append(audit(Kind.ALARM, verified, valid, Map.of("alarm", "MESSAGE_ID_REUSED")));
            }
            return new Keep<>(rejected.recordedAs(record.id()));
        });
    }

    private void alarmIfAPolicyFailed(VerifiedMessage verified, Optional<ValidMessage> valid,
            List<ReceiverDecision> decisions, Optional<CaseFile> file) {
        if (decisions.stream().anyMatch(ReceiverDecision::undecided)) {
            append(audit(Kind.ALARM, verified, valid, Map.of("alarm", "POLICY_FAILED"), file));
        }
    }

    private AuditRecord audit(Kind kind, VerifiedMessage verified, Optional<ValidMessage> valid,
            Map<String, String> more) {
        return audit(kind, verified, valid, more, Optional.empty());
    }

    private AuditRecord audit(Kind kind, VerifiedMessage verified, Optional<ValidMessage> valid,
            Map<String, String> more, Optional<CaseFile> file) {
        var facts = new LinkedHashMap<>(more);
        facts.put("tls-party", verified.sender().tlsParty().value());
        valid.ifPresent(message -> {
            facts.put("type", message.type().name().toString());
            facts.put("sender-function", message.envelope().senderFunction().code());
        });
        var caseId = file.map(CaseFile::id).or(() -> valid.flatMap(message -> message.envelope().caseId()));
        return new AuditRecord(with.randomness().id(), kind, with.caseTime().now(), caseId.map(id -> id.value()),
                Optional.of(verified.sender().signer().value()), Optional.of(verified.messageId().value()), facts);
    }

    private Digest append(AuditRecord record) {
        var salt = with.randomness().salt();
        with.journal().append(record, salt);
        return record.leaf(salt);
    }

    private static Ending<Outcome> undo(Refusal refusal) {
        return new Undo<>(Rejected.because(refusal));
    }

    /** What accepting needs, by the step that needs it. */
    public record Collaborators(nl.ketenpoort.validation.MessageValidation validation,
            nl.ketenpoort.transaction.Transaction transaction, nl.ketenpoort.partner.Admission admission,
            MessageStore messages, nl.ketenpoort.messagetype.MessageTypes types,
            nl.ketenpoort.partner.PartnerRegister partners,
            nl.ketenpoort.casefile.CaseFiles cases, CaseEffects effects,
            nl.ketenpoort.consent.ConsentRegister consents, Deliberation deliberation,
            nl.ketenpoort.purpose.PolicyEngine policies, nl.ketenpoort.evidence.AuditJournal journal,
            nl.ketenpoort.evidence.Randomness randomness, nl.ketenpoort.receipt.ReceiptIssuer receipts,
            nl.ketenpoort.delivery.NewDeliveries deliveries, nl.ketenpoort.transaction.CaseTime caseTime) {}
}
