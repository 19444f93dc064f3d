package nl.ketenpoort.partnerclient;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.namespace.QName;

import jakarta.servlet.http.HttpServletRequest;

import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.binding.soap.saaj.SAAJInInterceptor;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.cxf.ws.security.wss4j.PolicyBasedWSS4JInInterceptor;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.WSHandlerConstants;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.w3c.dom.Element;

/**
 * What CXF does not look at in a request: that one signature covers what is read, that the Body has one element
 * (WW003), no header of the sender's own (WS007), and that the other end of the TLS connection is the signer.
 */
final class RequestGuard extends AbstractSoapInterceptor {

    private static final Logger LOG = Logger.getLogger(RequestGuard.class.getName());

    RequestGuard() {
        super(Phase.PRE_PROTOCOL);
        addAfter(PolicyBasedWSS4JInInterceptor.class.getName());
    }

    @Override
    public void handleMessage(SoapMessage message) {
        try {
            WSHandlerResult results = results(message);
            VerifiedEnvelope envelope = VerifiedEnvelope.of(envelope(message), results);
            envelope.payload();
            if (!envelope.foreignHeaders().isEmpty()) {
                throw new VerifiedEnvelope.NotCovered("A header block outside WS-Addressing and WS-Security");
            }
            demandSameOrganisation(message, results);
            message.setContent(VerifiedEnvelope.class, envelope);
        } catch (VerifiedEnvelope.NotCovered e) {
            LOG.log(Level.WARNING, "A request outside the profile: {0}", e.getMessage());
        }
    }

    /**
     * The envelope of the request that is being answered. Refuses here, where CXF knows the operation and so signs and
     * encrypts the fault; a fault thrown by an interceptor would leave in clear.
     */
    static VerifiedEnvelope verified() {
        VerifiedEnvelope envelope = PhaseInterceptorChain.getCurrentMessage().getContent(VerifiedEnvelope.class);
        if (envelope == null) {
            throw fault("Het bericht voldoet niet aan het profiel");
        }
        return envelope;
    }

    private static WSHandlerResult results(SoapMessage message) throws VerifiedEnvelope.NotCovered {
        if (message.get(WSHandlerConstants.RECV_RESULTS) instanceof List<?> results && !results.isEmpty()
                && results.getFirst() instanceof WSHandlerResult result) {
            return result;
        }
        throw new VerifiedEnvelope.NotCovered("No WS-Security");
    }

    private static Element envelope(SoapMessage message) {
        SAAJInInterceptor.INSTANCE.handleMessage(message);
        return (Element) DOMUtils.getDomElement(
                message.getContent(jakarta.xml.soap.SOAPMessage.class).getSOAPPart().getDocumentElement());
    }

    private static void demandSameOrganisation(SoapMessage message, WSHandlerResult results)
            throws VerifiedEnvelope.NotCovered {
        HttpServletRequest request = (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST);
        Optional<String> connected = request
                .getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain
                        ? Oin.of(chain[0])
                        : Optional.empty();
        Optional<String> signer = results.getActionResults().get(WSConstants.SIGN).getFirst()
                .get(WSSecurityEngineResult.TAG_X509_CERTIFICATE) instanceof X509Certificate certificate
                        ? Oin.of(certificate)
                        : Optional.empty();
        if (connected.isEmpty() || !connected.equals(signer)) {
            throw new VerifiedEnvelope.NotCovered("Signed by another organisation than the one connected");
        }
    }

    /** A fault with kp:fout; the code says that the receiver did not take the delivery. */
    static Fault fault(String text) {
        Element detail = Xml.parse("<detail/>");
        Element fout = Xml.append(detail, "fout");
        Xml.append(fout, "code", "KP-8001");
        Xml.append(fout, "omschrijving", text);
        var fault = new Fault(new IllegalArgumentException(text), new QName(VerifiedEnvelope.SOAP, "Client"));
        fault.setMessage(text);
        fault.setDetail(detail);
        return fault;
    }
}
