package nl.ketenpoort.acceptance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.acceptance.Reply.Denied;
import nl.ketenpoort.acceptance.Reply.Given;
import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.operations.Incidents;
import nl.ketenpoort.operations.LateRecording;
import nl.ketenpoort.operations.LateRefusal;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.AnswerSealing;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.ReceivedMessage;
import nl.ketenpoort.signature.SignatureVerification;
import nl.ketenpoort.signature.SignatureVerification.Correspondent;
import nl.ketenpoort.signature.SignatureVerification.NotProven;
import nl.ketenpoort.signature.SignatureVerification.Proven;
import nl.ketenpoort.signature.SignatureVerification.Verification;
import nl.ketenpoort.signature.VerifiedMessage;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.transaction.StoreUnavailable;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;

/**
 * Answers whatever a partner sends: proves the sender, lets the operation's handler do what is asked, and seals the
 * answer. Every refusal becomes a signed fault with a permanent code and a record; nothing a partner sends makes it throw.
 */
public final class PartnerRequests {

    private final SignatureVerification signatures;
    private final Map<Operation, RequestHandler> handlers;
    private final AnswerWriting answers;
    private final AnswerSealing sealing;
    private final Recording recording;

    /** Where refusals and faults are recorded: at once, or late if that cannot be. */
    public record Recording(Transaction transaction, AuditJournal journal, Randomness randomness, CaseTime caseTime,
            Incidents incidents, LateRecording late) {}

    /** With a handler for each operation. */
    public PartnerRequests(SignatureVerification signatures, Map<Operation, RequestHandler> handlers,
            AnswerWriting answers, AnswerSealing sealing, Recording recording) {
        this.signatures = signatures;
        this.handlers = Map.copyOf(handlers);
        this.answers = answers;
        this.sealing = sealing;
        this.recording = recording;
    }

    /**
     * What goes back.
     *
     * @param bytes SOAP 1.1 envelope, UTF-8
     * @param fault whether it is a fault (HTTP 500, SOAP 1.1 section 6.2)
     */
    public record Answer(byte[] bytes, boolean fault) {}

    /** Answers a request. */
    public Answer answer(ReceivedMessage received) {
        Verification verification;
        try {
            verification = signatures.verify(received);
        } catch (RuntimeException ours) {
            return fault(Correspondent.unknown(), failed(Caller.unread(), Reason.FAULT_OF_OURS,
                    Optional.of(recording.incidents().faultOfOurs(ours))));
        }
        return answer(verification);
    }

    private Answer answer(Verification verification) {
        return switch (verification) {
            case NotProven(Refusal refusal, Correspondent to, Optional<Oin> tlsParty) -> fault(to,
                    guarded(Caller.unproven(refusal, to, tlsParty), () -> recorded(refusal, to, tlsParty)));
            case Proven(VerifiedMessage message) -> {
                var to = Correspondent.of(message);
                yield switch (guarded(Caller.of(message), () -> perform(message))) {
                    case Given(byte[] body) -> sealed(message, body);
                    case Denied denied -> fault(to, denied);
                };
            }
        };
    }

    /** What was done stays done if its answer cannot be sealed: the partner repeats, and the operator is told. */
    private Answer sealed(VerifiedMessage message, byte[] body) {
        var to = Correspondent.of(message);
        try {
            return new Answer(sealing.seal(to, message.operation(), body), false);
        } catch (RuntimeException ours) {
            return fault(to, failed(Caller.of(message).whoseRequestIsDone("true"), Reason.ANSWER_NOT_MADE,
                    Optional.of(recording.incidents().faultOfOurs(ours))));
        }
    }

    private Reply perform(VerifiedMessage message) {
        var handler = handlers.get(message.operation());
        return handler == null
                ? recorded(Refusal.of(Reason.ACTION_UNKNOWN), Correspondent.of(message),
                        Optional.of(message.sender().tlsParty()))
                : handler.perform(message);
    }

    /**
     * Who is answered, and what a record of it says if it is a refusal that cannot be recorded at once.
     *
     * @param facts what is known already
     */
    private record Caller(Kind kind, Correspondent to, Map<String, String> facts) {

        static Caller of(VerifiedMessage message) {
            return new Caller(Kind.REFUSED, Correspondent.of(message), Map.of("tls-party",
                    message.sender().tlsParty().value(), "operation", message.operation().wsdlName()));
        }

        /** Reading it failed before anything was established. */
        static Caller unread() {
            return new Caller(Kind.SECURITY, Correspondent.unknown(), Map.of());
        }

        static Caller unproven(Refusal refusal, Correspondent to, Optional<Oin> tlsParty) {
            var facts = new HashMap<String, String>();
            facts.put("refused-for", refusal.code().toString());
            tlsParty.ifPresent(party -> facts.put("tls-party", party.value()));
            return new Caller(Kind.SECURITY, to, facts);
        }

        Caller whoseRequestIsDone(String done) {
            var known = new HashMap<>(facts);
            known.put("done", done);
            return new Caller(kind, to, known);
        }

        LateRefusal refused(Reason reason, Optional<UUID> reference) {
            var known = new HashMap<>(facts);
            reference.ifPresent(given -> known.put("reference", given.toString()));
            return new LateRefusal(kind, reason, to.sender().map(sender -> sender.signer().value()),
                    to.relatesTo().map(MessageId::value), known);
        }
    }

    /** Whatever fails inside is answered as a fault of ours, and the operator is told; it is recorded when it can be. */
    private Reply guarded(Caller caller, Supplier<Reply> work) {
        try {
            return work.get();
        } catch (StoreUnavailable unavailable) {
            recording.incidents().storeUnavailable(unavailable);
            // Of what is refused only the record is in doubt.
            return unavailable.mayBeStored() && caller.kind() == Kind.REFUSED
                    ? failed(caller.whoseRequestIsDone("unknown"), Reason.COMMIT_NOT_ANSWERED, Optional.empty())
                    : failed(caller, Reason.UNAVAILABLE, Optional.empty());
        } catch (RuntimeException ours) {
            return failed(caller, Reason.FAULT_OF_OURS, Optional.of(recording.incidents().faultOfOurs(ours)));
        }
    }

    private Denied failed(Caller caller, Reason reason, Optional<UUID> reference) {
        recording.late().keep(caller.refused(reason, reference));
        return new Denied(new Rejected(Refusal.of(reason), List.of(), reference));
    }

    /** A message that is not proven leaves a security record: who was on the line, and the code. */
    private Denied recorded(Refusal refusal, Correspondent to, Optional<Oin> tlsParty) {
        var code = refusal.code().toString();
        var facts = tlsParty.map(party -> Map.of("code", code, "tls-party", party.value()))
                .orElseGet(() -> Map.of("code", code));
        var record = new AuditRecord(recording.randomness().id(), Kind.SECURITY, recording.caseTime().now(),
                Optional.empty(), to.sender().map(sender -> sender.signer().value()),
                to.relatesTo().map(Object::toString), facts);
        return recording.transaction().inOne(() -> {
            recording.journal().append(record, recording.randomness().salt());
            return new Keep<>(new Denied(Rejected.because(refusal).recordedAs(record.id())));
        });
    }

    private Answer fault(Correspondent to, Reply reply) {
        return switch (reply) {
            case Denied(Rejected rejected) -> new Answer(
                    sealing.sealFault(to, rejected.refusal(), answers.fault(rejected)), true);
            case Given given -> throw new IllegalStateException("a refusal has no answer");
        };
    }
}
