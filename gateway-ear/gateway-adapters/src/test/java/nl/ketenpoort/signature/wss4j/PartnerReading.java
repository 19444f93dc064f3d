package nl.ketenpoort.signature.wss4j;

import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.callback.CallbackHandler;

import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.localstack.certificates.KeyFile;

/** Reads an answer as a partner does with WSS4J as it comes: trust store, key store and nothing of the gateway's. */
public final class PartnerReading {

    private static final CallbackHandler PASSWORDS = callbacks -> {
        for (var callback : callbacks) {
            ((WSPasswordCallback) callback).setPassword(Pki.CERTIFICATES.password());
        }
    };

    final Document document;
    final Element header;
    final Element security;
    final Element body;
    final Set<Element> signed = Collections.newSetFromMap(new IdentityHashMap<>());
    public final boolean wasEncrypted;
    public final String signer;
    public final byte[] signatureValue;

    public PartnerReading(byte[] answer, KeyFile key) throws Exception {
        document = PartnerRequest.parsed(new String(answer, StandardCharsets.UTF_8));
        header = Elements.of(document.getDocumentElement()).getFirst();
        body = Elements.of(document.getDocumentElement()).getLast();
        security = Elements.single(header, WSConstants.WSSE_NS, "Security").orElseThrow();
        wasEncrypted = Elements.is(Elements.only(body).orElseThrow(), WSConstants.ENC_NS, "EncryptedData");
        var results = new WSSecurityEngine().processSecurityHeader(security, request(key));
        var signature = results.getActionResults().getOrDefault(WSConstants.SIGN, List.of()).getFirst();
        ((List<?>) part(signature, WSSecurityEngineResult.TAG_DATA_REF_URIS))
                .forEach(reference -> signed.add(((WSDataRef) reference).getProtectedElement()));
        signatureValue = (byte[]) part(signature, WSSecurityEngineResult.TAG_SIGNATURE_VALUE);
        signer = ((X509Certificate) part(signature, WSSecurityEngineResult.TAG_X509_CERTIFICATE))
                .getSubjectX500Principal().getName();
    }

    private static Object part(WSSecurityEngineResult signature, String name) {
        return Objects.requireNonNull(signature.get(name), name);
    }

    private static RequestData request(KeyFile key) throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", Pki.CERTIFICATES.rootCertificate());
        trusted.setCertificateEntry("issuing", Pki.CERTIFICATES.issuingCertificate());
        var crypto = new Merlin();
        crypto.setKeyStore(key.keyStore());
        crypto.setTrustStore(trusted);
        var request = new RequestData();
        request.setSigVerCrypto(crypto);
        request.setDecCrypto(crypto);
        request.setCallbackHandler(PASSWORDS);
        return request;
    }

    public String addressing(String name) {
        return Elements.single(header, SoapEnvelope.WSA, name).map(found -> found.getTextContent().strip()).orElse("");
    }

    List<Element> addressing() {
        return Elements.of(header).stream().filter(block -> SoapEnvelope.WSA.equals(block.getNamespaceURI())).toList();
    }

    List<Element> confirmations() {
        return Elements.of(security, WSConstants.WSSE11_NS, "SignatureConfirmation");
    }

    public String content() {
        return new String(Opening.canonical(Elements.only(body).orElseThrow()), StandardCharsets.UTF_8);
    }
}
