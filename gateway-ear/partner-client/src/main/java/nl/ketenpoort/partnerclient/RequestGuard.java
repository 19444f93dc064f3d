package nl.ketenpoort.partnerclient;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.namespace.QName;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.xml.ws.WebFault;

import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.cxf.ws.security.wss4j.PolicyBasedWSS4JInInterceptor;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.w3c.dom.Element;

/**
 * What CXF does not look at in a request: that one signature covers what is read, that the Body has one element
 * (WW003), no header of the sender's own (WS007), and that the other end of the TLS connection is the signer.
 */
final class RequestGuard extends AbstractSoapInterceptor {

    private static final String CLIENT_CERTIFICATE = "jakarta.servlet.request.X509Certificate";
    private static final Logger LOG = Logger.getLogger(RequestGuard.class.getName());

    RequestGuard() {
        super(Phase.PRE_PROTOCOL);
        addAfter(PolicyBasedWSS4JInInterceptor.class.getName());
    }

    @Override
    public void handleMessage(SoapMessage message) {
        try {
            WSHandlerResult results = VerifiedEnvelope.securityResults(message)
                    .orElseThrow(() -> new VerifiedEnvelope.NotCovered("No WS-Security"));
            VerifiedEnvelope envelope = VerifiedEnvelope.of(VerifiedEnvelope.soapEnvelope(message), results);
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

    private static void demandSameOrganisation(SoapMessage message, WSHandlerResult results)
            throws VerifiedEnvelope.NotCovered {
        Optional<String> connected = Optional.ofNullable(message.get(AbstractHTTPDestination.HTTP_REQUEST))
                .map(HttpServletRequest.class::cast).map(request -> request.getAttribute(CLIENT_CERTIFICATE))
                .map(X509Certificate[].class::cast).flatMap(chain -> Oin.of(chain[0]));
        Optional<String> signer = results.getActionResults().getOrDefault(WSConstants.SIGN, List.of()).stream()
                .map(signature -> signature.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE))
                .filter(X509Certificate.class::isInstance).map(X509Certificate.class::cast).findFirst()
                .flatMap(Oin::of);
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
        var fault = new Fault(new Fout(text), new QName(VerifiedEnvelope.SOAP, "Client"));
        fault.setMessage(text);
        fault.setDetail(detail);
        return fault;
    }

    /** Named as the WSDL's fault message, so that CXF finds its wsam:Action and does not make one of a class name. */
    @WebFault(name = "Fout")
    private static final class Fout extends Exception {

        private static final long serialVersionUID = 1L;

        Fout(String message) {
            super(message);
        }
    }
}
