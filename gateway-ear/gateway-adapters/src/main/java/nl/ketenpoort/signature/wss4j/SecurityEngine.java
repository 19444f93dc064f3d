package nl.ketenpoort.signature.wss4j;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import org.apache.wss4j.common.bsp.BSPRule;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.validate.NoOpValidator;
import org.w3c.dom.Element;

import nl.ketenpoort.refusal.Reason;

/**
 * Decrypts the Body in place and verifies the signature with WSS4J. Trust and time are judged afterwards by
 * {@link CertificateTrust} and {@link Freshness}, so that a refusal says which of them it was. WSS4J's replay caches stay
 * off: a repeated MessageID is answered from the database, on whichever node.
 */
final class SecurityEngine {

    private final GatewayKeys keys;
    private final BoundedReader reader;
    private final WSSConfig configuration = WSSConfig.getNewInstance();

    /** @param keys those that may decrypt */
    SecurityEngine(GatewayKeys keys, BoundedReader reader) {
        this.keys = keys;
        this.reader = reader;
        configuration.setValidator(WSConstants.SIGNATURE, NoOpValidator.class);
        configuration.setValidator(WSConstants.TIMESTAMP, NoOpValidator.class);
    }

    /**
     * A signature that fits what it covers; by whom is not yet said to be trusted.
     *
     * @param certificate of whoever made it
     */
    record Signed(X509Certificate certificate, byte[] value, Coverage coverage) {}

    Signed process(SoapEnvelope soap, SecurityHeader header) throws RefusedMessage {
        var content = new DecryptedContent(reader);
        var request = new RequestData();
        request.setWssConfig(configuration);
        request.setDecCrypto(keys);
        request.setSigVerCrypto(keys);
        request.setCallbackHandler(callbacks -> {});
        request.setEncryptionSerializer(content);
        request.setValidateSamlSubjectConfirmation(false);
        // Basic Security Profile: at most three digits of a second. Several toolkits write more, and nothing hangs on it.
        request.setIgnoredBSPRules(List.of(BSPRule.R3220, BSPRule.R3229));
        var engine = new WSSecurityEngine();
        engine.setWssConfig(configuration);
        try {
            var results = engine.processSecurityHeader(soap.security(), request);
            return signed(results.getActionResults().getOrDefault(WSConstants.SIGN, List.of()));
        } catch (WSSecurityException | RuntimeException failed) {
            if (content.refusal().isPresent()) {
                throw content.refusal().get();
            }
            if (!SecurityHeader.tokensAreCertificates(soap)) {
                throw new RefusedMessage(Reason.SECURITY_HEADER_INVALID, "wsse:BinarySecurityToken");
            }
            throw new RefusedMessage(header.encrypted() && isStillEncrypted(soap.body())
                    ? Reason.DECRYPTION_FAILED
                    : Reason.SIGNATURE_INVALID);
        }
    }

    private static Signed signed(List<WSSecurityEngineResult> signatures) throws RefusedMessage {
        if (signatures.size() == 1) {
            var signature = signatures.getFirst();
            if (signature.get(WSSecurityEngineResult.TAG_DATA_REF_URIS) instanceof List<?> references
                    && signature.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE) instanceof X509Certificate certificate
                    && signature.get(WSSecurityEngineResult.TAG_SIGNATURE_VALUE) instanceof byte[] value) {
                return new Signed(certificate, value,
                        new Coverage(references.stream().map(WSDataRef.class::cast).toList()));
            }
        }
        throw new RefusedMessage(Reason.SIGNATURE_INVALID);
    }

    private static boolean isStillEncrypted(Element body) {
        Optional<Element> content = Elements.only(body);
        return content.filter(found -> Elements.is(found, WSConstants.ENC_NS, "EncryptedData")).isPresent();
    }
}
