package nl.ketenpoort.partnerclient;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.validate.Credential;
import org.apache.wss4j.dom.validate.Validator;

/**
 * The certificates under which the gateway signs: the ones configured, and only while chain, dates and revocation lists
 * allow. WSS4J's own check would take a certificate found in the key store without looking at any list.
 */
final class GatewaySigner implements Validator {

    private final List<X509Certificate> certificates;
    private final Trust trust;

    GatewaySigner(List<X509Certificate> certificates, Trust trust) {
        this.certificates = List.copyOf(certificates);
        this.trust = trust;
    }

    @Override
    public Credential validate(Credential credential, RequestData data) throws WSSecurityException {
        X509Certificate[] presented = credential.getCertificates();
        if (presented == null || presented.length == 0 || !certificates.contains(presented[0])) {
            throw WssProfile.refused("The signature is not the gateway's");
        }
        try {
            trust.check(presented[0]);
        } catch (CertificateException e) {
            throw new WSSecurityException(WSSecurityException.ErrorCode.FAILED_AUTHENTICATION, e);
        }
        return credential;
    }
}
