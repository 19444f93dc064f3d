package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Properties;
import java.util.function.Consumer;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;

import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;

import org.apache.cxf.BusFactory;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.jaxws.DispatchImpl;
import org.apache.cxf.transport.http.HTTPConduit;
import org.w3c.dom.Element;

/** A bare CXF client that calls a receiver with what came in, signed and encrypted, and verifies his answer. */
final class FloorPush implements Consumer<Element> {

    private final Dispatch<Source> dispatch;
    private final String address;

    FloorPush(Properties settings) throws GeneralSecurityException, IOException {
        address = settings.getProperty("push");
        BusFactory.setThreadDefaultBus(Floor.bus());
        dispatch = Service
                .create(URI.create(Floor.wsdl("partner.wsdl")).toURL(), new QName(Floor.NS, "PartnerEindpunt"))
                .createDispatch(new QName(Floor.NS, "BezorgingPoort"), Source.class, Service.Mode.PAYLOAD);
        var client = ((DispatchImpl<Source>) dispatch).getClient();
        client.getEndpoint().putAll(new FloorKeys(settings).profile("receiver"));
        var tls = new TLSClientParameters();
        tls.setSslContext(FloorKeys.tls(settings));
        ((HTTPConduit) client.getConduit()).setTlsClientParameters(tls);
        dispatch.getRequestContext().put("thread.local.request.context", true);
    }

    @Override
    public void accept(Element content) {
        dispatch.getRequestContext().put("thread.local.request.context", true);
        dispatch.getRequestContext().put(Dispatch.ENDPOINT_ADDRESS_PROPERTY, address);
        dispatch.invoke(new DOMSource(Floor.around("bezorgenVerzoek", content)));
    }
}
