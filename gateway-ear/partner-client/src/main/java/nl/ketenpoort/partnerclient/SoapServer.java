package nl.ketenpoort.partnerclient;

import java.net.InetSocketAddress;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;

import jakarta.xml.ws.Provider;

import org.apache.cxf.Bus;
import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * One SOAP service of the published WSDLs behind mutual TLS, in this JVM. It can stop listening and listen again on the
 * same port.
 */
final class SoapServer implements AutoCloseable {

    /** Which WSDL, and what of it. */
    record Contract(String wsdl, String service, String port) {

        static final Contract PARTNER = new Contract("partner.wsdl", "PartnerEindpunt", "BezorgingPoort");
        static final Contract GATEWAY = new Contract("ketenpoort.wsdl", "Ketenpoort", "BerichtenPoort");

        private static final String SERVICES = "urn:nl:ketenpoort:diensten:v1";

        URL location() {
            return Objects.requireNonNull(SoapServer.class.getResource("/message-schemas/services/" + wsdl),
                    "message-schemas is not on the class path");
        }

        QName serviceName() {
            return new QName(SERVICES, service);
        }

        QName portName() {
            return new QName(SERVICES, port);
        }
    }

    private final Bus bus = WssProfile.newBus();
    private final Server server = new Server();
    private final ServerConnector connector;
    private final int port;
    private final EndpointImpl endpoint;

    /**
     * @param address where to listen; port 0 takes a free one
     * @param inFront    sees every HTTP exchange before SOAP does
     */
    SoapServer(Contract contract, Provider<Source> provider, TlsProfile tls, WssProfile security,
            InetSocketAddress address, String path, List<Interceptor<? extends Message>> guards,
            Optional<Handler.Wrapper> inFront) {
        var servlet = new CXFNonSpringServlet();
        servlet.setBus(bus);
        var context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(servlet), "/*");
        inFront.ifPresent(wrapper -> wrapper.setHandler(context));
        server.setHandler(inFront.<Handler>map(wrapper -> wrapper).orElse(context));
        this.connector = connector(tls, address);
        server.addConnector(connector);
        this.endpoint = new EndpointImpl(bus, provider);
        endpoint.setWsdlLocation(contract.location().toString());
        endpoint.setServiceName(contract.serviceName());
        endpoint.setEndpointName(contract.portName());
        endpoint.setProperties(properties(security));
        endpoint.getInInterceptors().addAll(guards);
        try {
            server.start();
            this.port = connector.getLocalPort();
            endpoint.publish(path);
        } catch (Exception e) {
            throw new IllegalStateException("Cannot listen on " + address, e);
        }
    }

    private static Map<String, Object> properties(WssProfile security) {
        Map<String, Object> properties = security.properties();
        // What failed inside is for the log here, not for the other side.
        properties.put("faultStackTraceEnabled", "false");
        properties.put("exceptionMessageCauseEnabled", "false");
        return properties;
    }

    private ServerConnector connector(TlsProfile tls, InetSocketAddress address) {
        var ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls.context());
        ssl.setNeedClientAuth(true);
        ssl.setIncludeProtocols(TlsProfile.PROTOCOLS);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.addCustomizer(new SecureRequestCustomizer(false));
        var made = new ServerConnector(server, new SslConnectionFactory(ssl, "http/1.1"),
                new HttpConnectionFactory(http));
        if (!address.getAddress().isAnyLocalAddress()) {
            made.setHost(address.getAddress().getHostAddress());
        }
        made.setPort(address.getPort());
        return made;
    }

    int port() {
        return port;
    }

    /** Stops listening; connections in use are cut. */
    void down() {
        try {
            connector.stop();
            connector.setPort(port);
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop listening", e);
        }
    }

    /** Listens again on the same port. */
    void up() {
        try {
            connector.start();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot listen again", e);
        }
    }

    @Override
    public void close() {
        endpoint.stop();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop", e);
        }
        bus.shutdown(true);
    }
}
