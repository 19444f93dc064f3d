package nl.ketenpoort.partnerclient;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;

import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;

import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.w3c.dom.Element;

/**
 * ketenpoort.wsdl in this JVM, with policy, real TLS and real WS-Security: proves what the client puts on the wire. It
 * decides nothing; what it answers is given by the test.
 */
final class StandInGateway implements AutoCloseable {

    private final SoapServer server;
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

    StandInGateway(String partnerOin, List<X509Certificate> partnerSigners,
            UnaryOperator<Element> behaviour) {
        Identity sign = TestKeys.identity(TestKeys.CERTIFICATES.gatewaySign());
        Identity decrypt = TestKeys.identity(TestKeys.CERTIFICATES.gatewayDecrypt());
        var security = new WssProfile(sign, List.of(decrypt), Optional.empty(),
                new GatewaySigner(partnerSigners, TestKeys.trust()));
        var tls = new TlsProfile(TestKeys.identity(TestKeys.CERTIFICATES.gatewayTls()), TestKeys.trust(), partnerOin);
        List<Interceptor<? extends Message>> guards = List.of(new Tap(), new RequestGuard());
        this.server = new SoapServer(SoapServer.Contract.GATEWAY, new Berichten(behaviour), tls, security,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "/ketenpoort/v1/berichten", guards,
                Optional.empty());
    }

    static StandInGateway forPolitie(UnaryOperator<Element> behaviour) {
        return new StandInGateway(TestKeys.POLITIE, List.of(TestKeys.politie().sign().certificate()), behaviour);
    }

    URI address() {
        return URI.create("https://localhost:" + server.port() + "/ketenpoort/v1/berichten");
    }

    /** Request bodies as they came out of TLS. */
    BlockingQueue<byte[]> received() {
        return received;
    }

    SoapServer server() {
        return server;
    }

    KetenpoortClient.Builder client() {
        return KetenpoortClient.builder().endpoint(address()).tls(TestKeys.identity(TestKeys.politie().tls()))
                .signing(TestKeys.identity(TestKeys.politie().sign()))
                .gatewaySigningCertificates(TestKeys.CERTIFICATES.gatewaySign().certificate())
                .gatewayEncryptionCertificate(TestKeys.CERTIFICATES.gatewayDecrypt().certificate())
                .gatewayReceiptCertificates(TestKeys.CERTIFICATES.gatewayReceipt().certificate())
                .trust(TestKeys.trust());
    }

    /** wsa:MessageID of the request that is being answered. */
    static String messageId() {
        return request().addressing("MessageID").orElseThrow();
    }

    static VerifiedEnvelope request() {
        return RequestGuard.verified();
    }

    @Override
    public void close() {
        server.close();
    }

    @WebServiceProvider
    @ServiceMode(Service.Mode.PAYLOAD)
    static final class Berichten implements Provider<Source> {

        private final UnaryOperator<Element> behaviour;

        Berichten(UnaryOperator<Element> behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        public Source invoke(Source ignored) {
            try {
                return new DOMSource(behaviour.apply(request().payload()).getOwnerDocument());
            } catch (VerifiedEnvelope.NotCovered e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final class Tap extends AbstractPhaseInterceptor<Message> {

        Tap() {
            super(Phase.RECEIVE);
        }

        @Override
        public void handleMessage(Message message) {
            try (InputStream in = message.getContent(InputStream.class)) {
                byte[] bytes = in.readAllBytes();
                received.add(bytes);
                message.setContent(InputStream.class, new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
