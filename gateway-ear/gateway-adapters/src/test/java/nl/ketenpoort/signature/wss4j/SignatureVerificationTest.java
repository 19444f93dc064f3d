package nl.ketenpoort.signature.wss4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.SignatureVerification;
import nl.ketenpoort.signature.SignatureVerification.Proven;

class SignatureVerificationTest {

    private final SignatureVerification verification = Pki.gateway(Clock.systemUTC()).verification();

    @Test
    void aSignedAndEncryptedRequestIsProvenToComeFromItsSigner() {
        var request = new PartnerRequest();

        var outcome = verification.verify(request.received());

        assertThat(outcome).isInstanceOf(Proven.class);
        var message = ((Proven) outcome).message();
        assertThat(message.sender().signer().value()).isEqualTo(Pki.POLICE.oin());
        assertThat(message.sender().tlsParty().value()).isEqualTo(Pki.POLICE.oin());
        assertThat(message.operation()).isEqualTo(Operation.TEST);
        assertThat(message.messageId().value()).isEqualTo(request.addressing.get("MessageID"));
        assertThat(new String(message.body(), StandardCharsets.UTF_8)).isEqualTo(PartnerRequest.BODY);
    }
}
