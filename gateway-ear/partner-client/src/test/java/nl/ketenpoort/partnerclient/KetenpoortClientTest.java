package nl.ketenpoort.partnerclient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KetenpoortClientTest {

    @Test
    void aMessageIsAnsweredWithAReceiptThatVerifiesByItself() throws Exception {
        try (var gateway = StandInGateway.forPolitie(Answers::receipt); var client = gateway.client().build()) {
            SendResult result = client.send("urn:uuid:8f0e7a52-0000-4000-8000-000000000001", Answers.REQUEST);
            assertThat(result).isInstanceOf(Receipt.class);
            Receipt receipt = (Receipt) result;
            assertThat(receipt.messageId()).isEqualTo("urn:uuid:8f0e7a52-0000-4000-8000-000000000001");
            assertThat(receipt.decisions()).singleElement().satisfies(decision -> {
                assertThat(decision.permitted()).isTrue();
                assertThat(decision.leftOut()).containsExactly("overtredingsmelding/toelichting");
            });
        }
    }
}
