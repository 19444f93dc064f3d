package nl.ketenpoort.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

class DigestTest {

    @Test
    void itIsTheSha256OfFips180() {
        assertThat(Digest.of("abc".getBytes(US_ASCII)).bytes()).isEqualTo(HexFormat.of()
                .parseHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void partsAreOneAfterTheOther() {
        assertThat(Digest.of("a".getBytes(US_ASCII), "bc".getBytes(US_ASCII)))
                .isEqualTo(Digest.of("abc".getBytes(US_ASCII)));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var digest = Digest.of("abc".getBytes(US_ASCII));
        assertThat(Digest.parse(digest.base64())).isEqualTo(digest).hasSameHashCodeAs(digest);
        assertThat(digest).hasToString(digest.base64());
    }

    @Test
    void onlyThirtyTwoBytesMakeADigestOrASalt() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Digest(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Salt(new byte[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.parse("YWJj"));
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.parse("no base64"));
    }

    @Test
    void whoeverGaveOrGotTheBytesCannotChangeTheValue() {
        var bytes = new byte[32];
        var digest = new Digest(bytes);
        var salt = new Salt(bytes);
        bytes[0] = 1;
        digest.bytes()[1] = 1;
        salt.bytes()[1] = 1;
        assertThat(digest.bytes()).isEqualTo(new byte[32]);
        assertThat(salt.bytes()).isEqualTo(new byte[32]);
    }

    @Test
    void aCommitmentIsTheDigestOfSaltAndThenData() {
        var salt = new Salt(Digest.of("salt".getBytes(US_ASCII)).bytes());
        assertThat(salt.commit("data".getBytes(US_ASCII)))
                .isEqualTo(Digest.of(salt.bytes(), "data".getBytes(US_ASCII)));
    }

    @Test
    void aSaltDoesNotShowItselfInText() {
        var salt = new Salt(Digest.of("salt".getBytes(US_ASCII)).bytes());
        assertThat(salt.toString()).isEqualTo("Salt");
        assertThat(salt.base64()).isEqualTo(Base64.getEncoder().encodeToString(salt.bytes()));
    }
}
