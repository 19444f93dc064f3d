package nl.ketenpoort.simulators;

import javax.xml.namespace.QName;

import jakarta.xml.ws.WebFault;

import org.apache.cxf.interceptor.Fault;
import org.w3c.dom.Element;

import nl.ketenpoort.partnerclient.Delivery;

/** Named as the WSDL's fault message, so that CXF gives it the action of that one. */
@WebFault(name = "Fout")
final class QuotingFault extends Exception {

    private static final long serialVersionUID = 1L;

    private QuotingFault(String text) {
        super(text);
    }

    /** A fault that repeats what was delivered: as text in the fault string, as XML in the detail. */
    static Fault of(Delivery delivery) {
        var text = "Cannot take: " + delivery.content().getTextContent();
        var fault = new Fault(new QuotingFault(text), new QName("http://schemas.xmlsoap.org/soap/envelope/", "Client"));
        fault.setMessage(text);
        fault.setDetail(detail(delivery.content()));
        return fault;
    }

    private static Element detail(Element content) {
        var detail = content.getOwnerDocument().createElement("detail");
        detail.appendChild(content.cloneNode(true));
        return detail;
    }
}
