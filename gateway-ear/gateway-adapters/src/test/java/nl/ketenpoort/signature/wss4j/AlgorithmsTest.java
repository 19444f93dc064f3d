package nl.ketenpoort.signature.wss4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.apache.wss4j.dom.WSConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.SignatureVerification;
import nl.ketenpoort.signature.SignatureVerification.NotProven;
import nl.ketenpoort.signature.SignatureVerification.Proven;

class AlgorithmsTest {

    private static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";
    private static final String DSIG_MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    private static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";

    private final SignatureVerification verification = Pki.gateway(Clock.systemUTC()).verification();

    @Test
    void theListOfAcceptedAlgorithmsIsTheOneThatWasReviewed() throws Exception {
        var written = new StringBuilder();
        written.append("canonicalization and transform\n    ").append(Algorithms.CANONICAL).append('\n');
        list(written, "signature", Algorithms.SIGNATURE);
        list(written, "digest", Algorithms.DIGEST);
        list(written, "content encryption", Algorithms.CONTENT);
        list(written, "key transport", Algorithms.KEY_TRANSPORT);
        list(written, "digest inside OAEP", Algorithms.OAEP_DIGEST);
        list(written, "mask generation inside OAEP", Algorithms.OAEP_MGF);
        written.append("shortest RSA key\n    ").append(Algorithms.SHORTEST_RSA).append(" bits\n");

        assertThat(written.toString()).isEqualTo(Files.readString(Path
                .of("src/test/resources/nl/ketenpoort/signature/wss4j/accepted-algorithms.txt")));
    }

    private static void list(StringBuilder to, String use, Set<String> algorithms) {
        to.append(use).append('\n');
        new TreeSet<>(algorithms).forEach(algorithm -> to.append("    ").append(algorithm).append('\n'));
    }

    @ParameterizedTest
    @ValueSource(strings = {DSIG_MORE + "rsa-sha256", DSIG_MORE + "rsa-sha384", DSIG_MORE + "rsa-sha512"})
    void everySignatureAlgorithmOfTheListWorks(String algorithm) {
        assertProven(PartnerRequest.with(request -> request.signatureMethod = algorithm));
    }

    @ParameterizedTest
    @ValueSource(strings = {DSIG + "rsa-sha1", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"})
    void anySignatureAlgorithmOutsideTheListIsRefused(String algorithm) {
        assertRefused(PartnerRequest.with(request -> request.signatureMethod = algorithm));
    }

    @Test
    void aSignatureByASharedSecretIsRefused() {
        assertRefused(changed("SignatureMethod", DSIG_MORE + "hmac-sha256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {XENC + "sha256", DSIG_MORE + "sha384", XENC + "sha512"})
    void everyDigestOfTheListWorks(String algorithm) {
        assertProven(PartnerRequest.with(request -> request.digest = algorithm));
    }

    @Test
    void aSha1DigestIsRefused() {
        assertRefused(PartnerRequest.with(request -> request.digest = DSIG + "sha1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {XENC11 + "aes128-gcm", XENC11 + "aes256-gcm"})
    void everyContentEncryptionOfTheListWorks(String algorithm) {
        assertProven(PartnerRequest.with(request -> request.content = algorithm));
    }

    @ParameterizedTest
    @ValueSource(strings = {XENC + "aes128-cbc", XENC + "aes256-cbc", XENC + "tripledes-cbc", XENC11 + "aes192-gcm"})
    void anyContentEncryptionOutsideTheListIsRefused(String algorithm) {
        assertRefused(PartnerRequest.with(request -> request.content = algorithm));
    }

    @Test
    void everyKeyTransportOfTheListWorks() {
        assertProven(PartnerRequest.with(request -> request.keyTransport = XENC + "rsa-oaep-mgf1p"));
        assertProven(PartnerRequest.with(request -> {
            request.keyTransport = XENC + "rsa-oaep-mgf1p";
            request.oaepDigest = Optional.of(XENC + "sha256");
        }));
        assertProven(PartnerRequest.with(request -> request.keyTransport = XENC11 + "rsa-oaep"));
        assertProven(PartnerRequest.with(request -> {
            request.keyTransport = XENC11 + "rsa-oaep";
            request.oaepDigest = Optional.of(XENC + "sha256");
            request.mgf = Optional.of(XENC11 + "mgf1sha256");
        }));
    }

    @Test
    void keyTransportOfThePaddingThatLeaksIsRefused() {
        assertRefused(PartnerRequest.with(request -> request.keyTransport = XENC + "rsa-1_5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
            "http://www.w3.org/2001/10/xml-exc-c14n#WithComments", "http://www.w3.org/2006/12/xml-c14n11"})
    void anotherCanonicalFormIsRefused(String algorithm) {
        assertRefused(changed("CanonicalizationMethod", algorithm));
        assertRefused(changed("Transform", algorithm));
    }

    @ParameterizedTest
    @ValueSource(strings = {WSConstants.SOAPMESSAGE_NS + "#STR-Transform", DSIG + "enveloped-signature",
            "http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/TR/1999/REC-xpath-19991116",
            "http://www.w3.org/2002/06/xmldsig-filter2"})
    void anyTransformButTheCanonicalFormIsRefused(String algorithm) {
        assertRefused(changed("Transform", algorithm));
    }

    @Test
    void noTransformAndTwoTransformsAreRefused() {
        assertRefused(PartnerRequest.with(request -> request.atLast = changing("Transform",
                transform -> transform.getParentNode().removeChild(transform))));
        assertRefused(PartnerRequest.with(request -> request.atLast = changing("Transform",
                transform -> transform.getParentNode().appendChild(transform.cloneNode(true)))));
    }

    private static PartnerRequest changed(String element, String algorithm) {
        return PartnerRequest.with(request -> request.atLast = changing(element,
                method -> method.setAttribute("Algorithm", algorithm)));
    }

    private static Consumer<Document> changing(String name, Consumer<Element> change) {
        return document -> change.accept((Element) document.getElementsByTagNameNS(DSIG, name).item(0));
    }

    private void assertProven(PartnerRequest request) {
        assertThat(verification.verify(request.received())).isInstanceOf(Proven.class);
    }

    private void assertRefused(PartnerRequest request) {
        var outcome = verification.verify(request.received());
        assertThat(outcome).isInstanceOf(NotProven.class);
        assertThat(((NotProven) outcome).refusal().code()).isEqualTo(Reason.ALGORITHM_NOT_ALLOWED.code());
    }
}
