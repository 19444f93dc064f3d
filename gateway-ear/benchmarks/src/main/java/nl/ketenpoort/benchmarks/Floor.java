package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;

import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;

import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.apache.cxf.ws.security.policy.custom.DefaultAlgorithmSuiteLoader;
import org.apache.neethi.Policy;
import org.apache.wss4j.policy.SPConstants;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What the profile itself costs: a bare CXF endpoint in its own process, which decrypts and verifies, commits two rows
 * durably, and answers signed and encrypted. It decides nothing, checks no schema and gives no receipt. On the path
 * {@code /push} it also calls a receiver before it answers; without a database it is that receiver.
 */
public final class Floor {

    static final String NS = "urn:nl:ketenpoort:diensten:v1";

    private Floor() {}

    /** Starts with the properties file given, and says READY and the port. */
    public static void main(String[] arguments) throws Exception {
        var settings = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            settings.load(in);
        }
        var server = new Server(new QueuedThreadPool(32));
        var ssl = new SslContextFactory.Server();
        ssl.setSslContext(FloorKeys.tls(settings));
        ssl.setNeedClientAuth(true);
        var connector = new ServerConnector(server, new SslConnectionFactory(ssl, "http/1.1"),
                new HttpConnectionFactory());
        connector.setHost("localhost");
        server.addConnector(connector);
        var servlet = new CXFNonSpringServlet();
        servlet.setBus(bus());
        var context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(servlet), "/*");
        server.setHandler(context);
        server.start();
        if (settings.containsKey("database")) {
            var committing = new Commit(settings);
            publish(servlet.getBus(), "/floor", "Ketenpoort", settings, new Endpoint("verzendenAntwoord", committing));
            publish(servlet.getBus(), "/push", "Ketenpoort", settings,
                    new Endpoint("verzendenAntwoord", committing.andThen(new FloorPush(settings))));
        } else {
            publish(servlet.getBus(), "/receiver", "PartnerEindpunt", settings,
                    new Endpoint("bezorgenAntwoord", content -> {}));
        }
        System.out.println("READY " + connector.getLocalPort());
    }

    private static void publish(Bus bus, String path, String service, Properties settings, Endpoint provider)
            throws GeneralSecurityException, IOException {
        boolean receiver = service.equals("PartnerEindpunt");
        var endpoint = new EndpointImpl(bus, provider);
        endpoint.setWsdlLocation(wsdl(receiver ? "partner.wsdl" : "ketenpoort.wsdl"));
        endpoint.setServiceName(new QName(NS, service));
        endpoint.setEndpointName(new QName(NS, receiver ? "BezorgingPoort" : "BerichtenPoort"));
        endpoint.setProperties(new FloorKeys(settings).profile("useReqSigCert"));
        endpoint.publish(path);
    }

    static String wsdl(String name) {
        return Optional.ofNullable(Floor.class.getResource("/message-schemas/services/" + name)).orElseThrow()
                .toString();
    }

    static Bus bus() {
        var bus = new CXFBusFactory().createBus();
        new DefaultAlgorithmSuiteLoader().getAlgorithmSuite(bus, SPConstants.SPVersion.SP12, new Policy());
        return bus;
    }

    static Document around(String name, Element... content) {
        try {
            var document = StaxUtils.read(new StringReader("<kp:" + name
                    + " xmlns:kp='urn:nl:ketenpoort:berichten:v1'><kp:id>" + UUID.randomUUID() + "</kp:id></kp:" + name
                    + ">"));
            for (var element : content) {
                document.getDocumentElement().appendChild(document.importNode(element, true));
            }
            return document;
        } catch (XMLStreamException never) {
            throw new IllegalStateException(never);
        }
    }

    /** The operation. */
    @WebServiceProvider
    @ServiceMode(Service.Mode.PAYLOAD)
    static final class Endpoint implements Provider<Source> {

        private final String answer;
        private final Consumer<Element> work;

        Endpoint(String answer, Consumer<Element> work) {
            this.answer = answer;
            this.work = work;
        }

        @Override
        public Source invoke(Source request) {
            try {
                work.accept(StaxUtils.read(request).getDocumentElement());
                return new DOMSource(around(answer));
            } catch (XMLStreamException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }
    }

    /** One durable commit on a connection of the thread's own. */
    private record Commit(Properties settings, ThreadLocal<Connection> connections) implements Consumer<Element> {

        Commit(Properties settings) {
            this(settings, ThreadLocal.withInitial(() -> connect(settings)));
        }

        private static Connection connect(Properties settings) {
            try {
                var connection = DriverManager.getConnection(settings.getProperty("database"),
                        settings.getProperty("user"), settings.getProperty("database-password"));
                connection.setAutoCommit(false);
                return connection;
            } catch (SQLException unreachable) {
                throw new IllegalStateException(unreachable);
            }
        }

        @Override
        public void accept(Element content) {
            var connection = connections.get();
            try (var message = connection.prepareStatement("INSERT INTO message VALUES (?, ?)");
                    var record = connection.prepareStatement("INSERT INTO record (message, at) VALUES (?, now())")) {
                var id = UUID.randomUUID();
                message.setObject(1, id);
                message.setString(2, StaxUtils.toString(content));
                message.executeUpdate();
                record.setObject(1, id);
                record.executeUpdate();
                connection.commit();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
