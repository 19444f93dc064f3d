package nl.ketenpoort.benchmarks;

import java.io.FileInputStream;
import java.io.StringReader;
import java.net.URL;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;

import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.WebServiceProvider;

import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.jaxws.DispatchImpl;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.apache.cxf.ws.security.policy.custom.DefaultAlgorithmSuiteLoader;
import org.apache.neethi.Policy;
import org.apache.wss4j.common.crypto.Crypto;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.policy.SPConstants;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What the profile itself costs: a bare CXF endpoint in its own process, which decrypts and verifies, commits two rows
 * durably, and answers signed and encrypted. It decides nothing, checks no schema and gives no receipt. On the path
 * {@code /push} it also calls a receiver before it answers; without a database it is that receiver.
 */
public final class Floor {

    private static final String NS = "urn:nl:ketenpoort:diensten:v1";
    private static final String SUITE = "ws-security.custom.alg.suite.";

    private Floor() {}

    /** Starts with the properties file given, and says READY and the port. */
    public static void main(String[] arguments) throws Exception {
        var settings = new Properties();
        try (var in = new FileInputStream(arguments[0])) {
            settings.load(in);
        }
        var ssl = new SslContextFactory.Server();
        ssl.setKeyStorePath(settings.getProperty("tls"));
        ssl.setTrustStorePath(settings.getProperty("trust"));
        ssl.setKeyStorePassword(settings.getProperty("password"));
        ssl.setTrustStorePassword(settings.getProperty("password"));
        ssl.setNeedClientAuth(true);
        var server = new Server(new QueuedThreadPool(32));
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
        // WSS4J unlocks a key once and keeps it.
        var keys = new Merlin(settings, Floor.class.getClassLoader(), null);
        var answering = profile(keys, settings, "useReqSigCert");
        if (settings.containsKey("database")) {
            var commit = commit(settings);
            var push = push(settings, profile(keys, settings, "receiver"), ssl.getSslContext());
            publish(servlet.getBus(), "/floor", answering, new Endpoint("verzendenAntwoord", commit));
            publish(servlet.getBus(), "/push", answering, new Endpoint("verzendenAntwoord", content -> {
                commit.on(content);
                push.on(content);
            }));
        } else {
            publish(servlet.getBus(), "/receiver", answering, new Endpoint("bezorgenAntwoord", content -> {}));
        }
        System.out.println("READY " + connector.getLocalPort());
    }

    private static void publish(Bus bus, String path, Map<String, Object> profile, Endpoint provider) {
        boolean receiver = path.equals("/receiver");
        var endpoint = new EndpointImpl(bus, provider);
        endpoint.setWsdlLocation(wsdl(receiver ? "partner" : "ketenpoort").toString());
        endpoint.setServiceName(new QName(NS, receiver ? "PartnerEindpunt" : "Ketenpoort"));
        endpoint.setEndpointName(new QName(NS, receiver ? "BezorgingPoort" : "BerichtenPoort"));
        endpoint.setProperties(profile);
        endpoint.publish(path);
    }

    private static URL wsdl(String name) {
        return Objects.requireNonNull(Floor.class.getResource("/message-schemas/services/" + name + ".wsdl"));
    }

    private static Bus bus() {
        var bus = new CXFBusFactory().createBus();
        new DefaultAlgorithmSuiteLoader().getAlgorithmSuite(bus, SPConstants.SPVersion.SP12, new Policy());
        return bus;
    }

    private static Source element(String name, String content) {
        return new StreamSource(new StringReader(
                "<kp:%1$s xmlns:kp='urn:nl:ketenpoort:berichten:v1'><kp:id>%2$s</kp:id>%3$s</kp:%1$s>".formatted(name,
                        UUID.randomUUID(), content)));
    }

    private interface Work {
        void on(String content) throws Exception;
    }

    @WebServiceProvider
    @ServiceMode(Service.Mode.PAYLOAD)
    record Endpoint(String answer, Work work) implements Provider<Source> {
        @Override
        public Source invoke(Source request) {
            try {
                work.on(StaxUtils.toString(StaxUtils.read(request).getDocumentElement()));
                return element(answer, "");
            } catch (Exception failed) {
                throw new WebServiceException(failed);
            }
        }
    }

    /** One durable commit on a connection of the thread's own. */
    private static Work commit(Properties settings) {
        var connections = new ThreadLocal<Connection>();
        return content -> {
            if (connections.get() == null) {
                connections.set(DriverManager.getConnection(settings.getProperty("database"),
                        settings.getProperty("user"), settings.getProperty("database-password")));
                connections.get().setAutoCommit(false);
            }
            var connection = connections.get();
            try (var message = connection.prepareStatement("INSERT INTO message VALUES (?, ?)");
                    var record = connection.prepareStatement("INSERT INTO record (message, at) VALUES (?, now())")) {
                var id = UUID.randomUUID();
                message.setObject(1, id);
                message.setString(2, content);
                message.executeUpdate();
                record.setObject(1, id);
                record.executeUpdate();
                connection.commit();
            }
        };
    }

    /** Calls a receiver with what came in, signed and encrypted, and verifies his answer. */
    private static Work push(Properties settings, Map<String, Object> profile, SSLContext tls) {
        BusFactory.setThreadDefaultBus(bus());
        Dispatch<Source> dispatch = Service.create(wsdl("partner"), new QName(NS, "PartnerEindpunt"))
                .createDispatch(new QName(NS, "BezorgingPoort"), Source.class, Service.Mode.PAYLOAD);
        var client = ((DispatchImpl<Source>) dispatch).getClient();
        client.getEndpoint().putAll(profile);
        var parameters = new TLSClientParameters();
        parameters.setSslContext(tls);
        ((HTTPConduit) client.getConduit()).setTlsClientParameters(parameters);
        return content -> {
            dispatch.getRequestContext().put("thread.local.request.context", true);
            dispatch.getRequestContext().put(Dispatch.ENDPOINT_ADDRESS_PROPERTY, settings.getProperty("push"));
            dispatch.invoke(element("bezorgenVerzoek", content));
        };
    }

    /** What the policy of the WSDL leaves open. */
    private static Map<String, Object> profile(Crypto keys, Properties settings, String encryptTo) {
        return Map.ofEntries(Map.entry(SUITE + "digest.algorithm", "http://www.w3.org/2001/04/xmlenc#sha256"),
                Map.entry(SUITE + "encryption.algorithm", "http://www.w3.org/2009/xmlenc11#aes256-gcm"),
                Map.entry(SUITE + "asymmetric.key.encryption.algorithm",
                        "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"),
                Map.entry(SUITE + "asymmetric.signature", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
                Map.entry("security.signature.crypto", keys), Map.entry("security.encryption.crypto", keys),
                Map.entry("security.signature.username", "sign"),
                Map.entry("security.signature.password", settings.getProperty("password")),
                Map.entry("security.encryption.username", encryptTo),
                Map.entry("security.callback-handler", (CallbackHandler) callbacks -> {}),
                Map.entry("ws-security.enable.timestamp.cache", "false"),
                Map.entry("ws-security.enable.nonce.cache", "false"));
    }
}
