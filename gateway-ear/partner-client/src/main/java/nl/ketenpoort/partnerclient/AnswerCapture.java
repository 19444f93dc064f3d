package nl.ketenpoort.partnerclient;

import java.util.Optional;

import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.binding.soap.saaj.SAAJInInterceptor;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.ws.security.wss4j.PolicyBasedWSS4JInInterceptor;
import org.apache.wss4j.common.crypto.AlgorithmSuite;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.apache.wss4j.dom.util.WSSecurityUtil;
import org.w3c.dom.Element;

/**
 * Where the verified envelope of one answer is put, by interceptors around CXF's WS-Security. CXF itself lets a fault
 * through without any security, and its exception does not tell one from the other.
 */
final class AnswerCapture {

    static final String KEY = AnswerCapture.class.getName();

    private Optional<VerifiedEnvelope> envelope = Optional.empty();
    private String refusal = "The answer carries no WS-Security";

    Optional<VerifiedEnvelope> envelope() {
        return envelope;
    }

    /** Why there is no envelope. */
    String refusal() {
        return refusal;
    }

    private void take(Element soapEnvelope, WSHandlerResult results) {
        try {
            envelope = Optional.of(VerifiedEnvelope.of(soapEnvelope, results));
        } catch (VerifiedEnvelope.NotCovered e) {
            refusal = String.valueOf(e.getMessage());
            throw new Fault(e);
        }
    }

    private static Optional<AnswerCapture> of(SoapMessage message) {
        return message.getExchange().getOutMessage().get(KEY) instanceof AnswerCapture capture
                ? Optional.of(capture)
                : Optional.empty();
    }

    /** After CXF has decrypted and verified. */
    static final class AfterSecurity extends AbstractSoapInterceptor {

        AfterSecurity() {
            super(Phase.PRE_PROTOCOL);
            addAfter(PolicyBasedWSS4JInInterceptor.class.getName());
        }

        @Override
        public void handleMessage(SoapMessage message) {
            VerifiedEnvelope.securityResults(message).ifPresent(result -> of(message)
                    .ifPresent(capture -> capture.take(VerifiedEnvelope.soapEnvelope(message), result)));
        }
    }

    /**
     * Before CXF looks: a fault in clear. The gateway signs it, but cannot encrypt it while it does not know to whom,
     * nor confirm a signature that it could not read; the policy for ordinary answers would refuse it.
     */
    static final class FaultInClear extends AbstractSoapInterceptor {

        private final WssProfile profile;

        FaultInClear(WssProfile profile) {
            super(Phase.PRE_PROTOCOL);
            this.profile = profile;
            addAfter(SAAJInInterceptor.class.getName());
            addBefore(PolicyBasedWSS4JInInterceptor.class.getName());
        }

        @Override
        public void handleMessage(SoapMessage message) {
            Element envelope = VerifiedEnvelope.soapEnvelope(message);
            if (!bodyIsFault(envelope)) {
                return;
            }
            of(message).ifPresent(capture -> {
                capture.take(envelope, verify(capture, envelope));
                throw new Fault(new IllegalStateException("The gateway answers with a signed fault"));
            });
        }

        private static boolean bodyIsFault(Element envelope) {
            return Xml.elements(envelope).stream().filter(part -> "Body".equals(part.getLocalName()))
                    .flatMap(body -> Xml.elements(body).stream()).anyMatch(part -> "Fault".equals(part.getLocalName())
                            && VerifiedEnvelope.SOAP.equals(part.getNamespaceURI()));
        }

        private WSHandlerResult verify(AnswerCapture capture, Element envelope) {
            try {
                Element security = WSSecurityUtil.getSecurityHeader(envelope.getOwnerDocument(), "");
                if (security == null) {
                    throw WssProfile.refused("A fault without WS-Security");
                }
                return new WSSecurityEngine().processSecurityHeader(security, request());
            } catch (WSSecurityException e) {
                capture.refusal = "A fault that the gateway did not sign: " + e.getMessage();
                throw new Fault(e);
            }
        }

        private RequestData request() {
            var algorithms = new AlgorithmSuite();
            WssProfile.signatureMethods().forEach(algorithms::addSignatureMethod);
            WssProfile.digestMethods().forEach(algorithms::addDigestAlgorithm);
            algorithms.addC14nAlgorithm(WssProfile.EXCLUSIVE_C14N);
            algorithms.addTransformAlgorithm(WssProfile.EXCLUSIVE_C14N);
            algorithms.setMinimumAsymmetricKeyLength(2048);
            var config = WSSConfig.getNewInstance();
            config.setValidator(org.apache.wss4j.dom.WSConstants.SIGNATURE, profile.gatewaySigner());
            var request = new RequestData();
            request.setWssConfig(config);
            request.setSigVerCrypto(profile.crypto());
            request.setDecCrypto(profile.crypto());
            request.setCallbackHandler(profile.passwords());
            request.setAlgorithmSuite(algorithms);
            return request;
        }
    }
}
