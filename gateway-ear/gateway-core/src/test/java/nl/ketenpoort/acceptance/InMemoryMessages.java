package nl.ketenpoort.acceptance;

import java.security.cert.CertificateEncodingException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.delivery.NewDelivery;
import nl.ketenpoort.delivery.WaitingDelivery.OfMessage;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.transaction.Undoable;

/** Accepted messages in memory. */
public final class InMemoryMessages implements MessageStore, Undoable {

    private record Key(Oin sender, MessageId id) {}

    private final Set<MessageId> spoilt = new HashSet<>();
    private Set<Key> claims = new LinkedHashSet<>();
    private Map<Key, AcceptedMessage> messages = new LinkedHashMap<>();

    @Override
    public Claim claim(Oin sender, MessageId id, byte[] body) {
        var key = new Key(sender, id);
        if (claims.add(key)) {
            return new Fresh();
        }
        var earlier = messages.get(key);
        return earlier.salt().commit(body).equals(earlier.digest()) ? new Same(earlier.receipt()) : new Other();
    }

    @Override
    public List<Earlier> earlier(CaseId caseId, MessageId id) {
        return messages.values().stream()
                .filter(message -> message.caseId().equals(caseId)
                        && message.message().verified().messageId().equals(id))
                .map(kept -> new Earlier(kept.message().type().name().name(),
                        kept.message().verified().sender().signer(), kept.message().envelope().senderFunction(),
                        kept.decisions().stream().filter(ReceiverDecision::permits)
                                .map(decision -> decision.receiver().oin()).collect(Collectors.toSet())))
                .toList();
    }

    @Override
    public void keep(AcceptedMessage message) {
        var verified = message.message().verified();
        messages.put(new Key(verified.sender().signer(), verified.messageId()), message);
    }

    /** Everything that is kept. */
    public List<AcceptedMessage> all() {
        return List.copyOf(messages.values());
    }

    /** Whether not even a claim is kept. */
    public boolean isEmpty() {
        return claims.isEmpty() && messages.isEmpty();
    }

    /** From now on it does not open. */
    public void spoil(MessageId id) {
        spoilt.add(id);
    }

    /** What a delivery knows of its message. */
    public OfMessage ofMessage(Oin sender, MessageId id) {
        var kept = messages.get(new Key(sender, id));
        var message = kept.message();
        return new OfMessage(sender, id, kept.caseId(), message.envelope().senderFunction(), kept.phase(),
                message.hasSafetyEffect(), message.envelope().reference(), kept.receivedAt(), kept.digest(),
                kept.auditLeaf(), certificate(kept),
                spoilt.contains(id) ? Optional.empty() : Optional.of(message.verified().envelope()));
    }

    /** What the decision on a delivery gave its receiver. */
    public Set<DataClass> permitted(NewDelivery delivery) {
        return messages.get(new Key(delivery.sender(), delivery.messageId())).decisions().stream()
                .filter(decision -> decision.permits() && decision.purpose().equals(delivery.purpose())
                        && decision.receiver().oin().equals(delivery.receiver().oin())
                        && decision.receiver().function().equals(delivery.receiver().function()))
                .flatMap(decision -> decision.rulings().entrySet().stream())
                .filter(ruling -> ruling.getValue().permits()).map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Digest certificate(AcceptedMessage kept) {
        try {
            return Digest.of(kept.message().verified().sender().certificate().getEncoded());
        } catch (CertificateEncodingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    public Runnable remember() {
        var claimsBefore = new LinkedHashSet<>(claims);
        var messagesBefore = new LinkedHashMap<>(messages);
        return () -> {
            claims = claimsBefore;
            messages = messagesBefore;
        };
    }
}
