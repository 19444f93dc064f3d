package nl.ketenpoort.partnerclient.attack;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.apache.wss4j.dom.message.token.SignatureConfirmation;
import org.apache.wss4j.dom.util.WSSecurityUtil;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * An answer, decrypted, and its signature verified as mathematics: whether the signer is to be trusted, and whether
 * enough is signed, is for the test to say.
 *
 * @param envelope      after decryption
 * @param signer        whose key verified the signature; empty when there is none
 * @param signedParts   local names of the signed elements
 * @param encrypted     whether nothing but {@code xenc:EncryptedData} stood in the Body
 * @param confirmations values of wsse11:SignatureConfirmation
 */
public record RawAnswer(Element envelope, Optional<X509Certificate> signer, Set<String> signedParts, boolean encrypted,
        List<byte[]> confirmations) {

    private static final String KP = "urn:nl:ketenpoort:berichten:v1";

    /** Decrypts with these keys; refuses what does not decrypt or verify. */
    public static RawAnswer open(byte[] soap, RawKey... keys) {
        Document document = RawDom.parse(soap);
        try {
            Element security = WSSecurityUtil.getSecurityHeader(document, "");
            boolean sealed = onlyEncryptedData(RawDom.child(document.getDocumentElement(), RawSoap.SOAP, "Body"));
            if (security == null) {
                return new RawAnswer(document.getDocumentElement(), Optional.empty(), Set.of(), false, List.of());
            }
            WSSConfig config = WSSConfig.getNewInstance();
            config.setValidator(WSConstants.SIGNATURE, (credential, data) -> credential);
            var request = new RequestData();
            request.setWssConfig(config);
            request.setSigVerCrypto(RawKey.crypto(keys));
            request.setDecCrypto(RawKey.crypto(keys));
            request.setCallbackHandler(RawKey.passwords());
            WSHandlerResult results = new WSSecurityEngine().processSecurityHeader(security, request);
            return of(document.getDocumentElement(), results, sealed);
        } catch (WSSecurityException e) {
            throw new IllegalArgumentException("Does not decrypt or verify: " + e.getMessage(), e);
        }
    }

    /** Before anything is decrypted: what stands beside it could be read on the way. */
    private static boolean onlyEncryptedData(Element body) {
        return body.getChildNodes().getLength() == 1 && body.getFirstChild() instanceof Element only
                && WSConstants.ENC_NS.equals(only.getNamespaceURI()) && "EncryptedData".equals(only.getLocalName());
    }

    private static RawAnswer of(Element envelope, WSHandlerResult results, boolean sealed) {
        Optional<X509Certificate> signer = Optional.empty();
        Set<String> signedParts = new HashSet<>();
        for (WSSecurityEngineResult result : results.getActionResults().getOrDefault(WSConstants.SIGN, List.of())) {
            signer = Optional.ofNullable((X509Certificate) result.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE));
            if (result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS) instanceof List<?> references) {
                references.forEach(reference -> signedParts.add(((WSDataRef) reference).getName().getLocalPart()));
            }
        }
        List<byte[]> confirmations = new ArrayList<>();
        for (WSSecurityEngineResult result : results.getActionResults().getOrDefault(WSConstants.SC, List.of())) {
            confirmations.add(((SignatureConfirmation) result.get(WSSecurityEngineResult.TAG_SIGNATURE_CONFIRMATION))
                    .getSignatureValue());
        }
        return new RawAnswer(envelope, signer, signedParts,
                sealed && results.getActionResults().containsKey(WSConstants.ENCR), confirmations);
    }

    /** The one element in the Body. */
    public Element payload() {
        return RawDom.children(RawDom.child(envelope, RawSoap.SOAP, "Body")).getFirst();
    }

    /** kp:code of kp:fout; empty when the answer is no fault, or one without kp:fout. */
    public Optional<String> foutCode() {
        return fout("code");
    }

    /** kp:digikoppeling of kp:fout. */
    public Optional<String> digikoppelingCode() {
        return fout("digikoppeling");
    }

    /** Any leaf of kp:fout, the first of its name. */
    public Optional<String> fout(String localName) {
        if (!isFault() || payload().getElementsByTagNameNS(KP, "fout").getLength() == 0) {
            return Optional.empty();
        }
        Element fout = (Element) payload().getElementsByTagNameNS(KP, "fout").item(0);
        return Optional.ofNullable(fout.getElementsByTagNameNS(KP, localName).item(0))
                .map(leaf -> leaf.getTextContent().strip());
    }

    /** Whether the Body holds a SOAP fault. */
    public boolean isFault() {
        return RawSoap.SOAP.equals(payload().getNamespaceURI()) && "Fault".equals(payload().getLocalName());
    }

    /** A WS-Addressing header's value. */
    public Optional<String> addressing(String localName) {
        return RawDom.children(RawDom.child(envelope, RawSoap.SOAP, "Header")).stream()
                .filter(block -> RawSoap.WSA.equals(block.getNamespaceURI()) && localName.equals(block.getLocalName()))
                .map(block -> block.getTextContent().strip()).findFirst();
    }
}
