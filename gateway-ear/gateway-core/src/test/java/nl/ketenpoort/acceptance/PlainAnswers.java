package nl.ketenpoort.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.signature.MessageId;

/** Answers as one line of text. */
public final class PlainAnswers implements AnswerWriting {

    @Override
    public byte[] receipt(byte[] receipt) {
        return receipt;
    }

    @Override
    public byte[] fault(Rejected rejected) {
        return bytes("fout " + rejected.refusal().code());
    }

    @Override
    public byte[] test(String text, Instant receivedAt, Oin oin) {
        return bytes("test " + text + " " + receivedAt + " " + oin);
    }

    @Override
    public byte[] fetched(List<byte[]> deliveries, int remaining) {
        return bytes(deliveries.stream().map(one -> new String(one, UTF_8)).collect(joining("\n", "",
                "\nresterend " + remaining)));
    }

    @Override
    public byte[] confirmed(List<DeliveryId> deliveries) {
        return bytes("bevestigd " + deliveries);
    }

    @Override
    public byte[] status(MessageId messageId, CaseId caseId, List<ReceiverStatus> receivers) {
        return bytes("status " + messageId + " " + receivers.stream().map(ReceiverStatus::standing).toList());
    }

    @Override
    public byte[] consentRegistered(UUID consent) {
        return bytes("toestemming " + consent);
    }

    @Override
    public byte[] consents(List<Consent> consents) {
        return bytes("toestemmingen " + consents.stream().map(Consent::id).toList());
    }

    @Override
    public byte[] consentWithdrawn(UUID consent, Instant withdrawnAt, int stopped) {
        return bytes("ingetrokken " + consent + " gestopt " + stopped);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
