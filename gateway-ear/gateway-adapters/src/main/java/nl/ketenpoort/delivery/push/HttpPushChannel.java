package nl.ketenpoort.delivery.push;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.regex.Pattern;

import org.w3c.dom.Element;
import org.w3c.dom.Node;

import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.PushChannel;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Answer;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Outgoing;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.PartnerExchange;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Sealed;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Unproven;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Withheld;

/** {@code services/partner.wsdl}, seen from the gateway. */
final class HttpPushChannel implements PushChannel {

    private static final String MESSAGES = "urn:nl:ketenpoort:berichten:v1";
    private static final String REQUEST_ACTION = "urn:nl:ketenpoort:diensten:v1:bezorgenVerzoek";
    private static final String ANSWER_ACTION = "urn:nl:ketenpoort:diensten:v1:bezorgenAntwoord";
    private static final Pattern CODE = Pattern.compile("KP-[0-9]{4}");

    private final PartnerExchange exchange;
    private final PartnerConnections connections;

    HttpPushChannel(PartnerExchange exchange, PartnerConnections connections) {
        this.exchange = exchange;
        this.connections = connections;
    }

    @Override
    public PushResult push(Endpoint endpoint, DeliveryId id, byte[] body, Digest expected) {
        var to = endpoint.push().filter(uri -> "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null);
        if (to.isEmpty() || endpoint.certificate().isEmpty()) {
            return new Unconfirmed(Refusal.of(Reason.ENDPOINT_MISSING), false);
        }
        var request = new Outgoing(to.get(), REQUEST_ACTION, new MessageId(id.uri()), body, endpoint.oin(),
                endpoint.certificate().get());
        return switch (exchange.seal(request)) {
            case Withheld(Refusal why) -> isPassing(why)
                    ? new TryLater(why, false)
                    : new Unconfirmed(why, false);
            case Sealed sealed -> send(to.get(), sealed, id, expected);
        };
    }

    private PushResult send(URI to, Sealed sealed, DeliveryId id, Digest expected) {
        try {
            var response = connections.post(to, REQUEST_ACTION, sealed.bytes());
            int status = response.statusCode();
            if (status == 200 || status == 500) {
                return judge(response, sealed, id, expected);
            }
            return status > 500 || status == 408 || status == 429
                    ? new TryLater(Refusal.of(Reason.ENDPOINT_UNREACHABLE).at("HTTP " + status), true)
                    : invalid("HTTP " + status);
        } catch (AnswerTooLarge tooLarge) {
            return invalid(Reason.TOO_LARGE.code().toString());
        } catch (ConnectException | HttpConnectTimeoutException noConnection) {
            return new TryLater(Refusal.of(Reason.ENDPOINT_UNREACHABLE), false);
        } catch (IOException brokenOff) {
            return new TryLater(Refusal.of(Reason.ENDPOINT_UNREACHABLE), !weRefused(brokenOff));
        }
    }

    /**
     * Whether it was we who refused the receiver's certificate: then nothing was sent. When the receiver refuses ours, TLS
     * 1.3 lets us hear of it only after the request has gone (RFC 8446 section 4.6.2).
     */
    private static boolean weRefused(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private PushResult judge(HttpResponse<byte[]> response, Sealed sealed, DeliveryId id, Digest expected) {
        return switch (exchange.read(response.body(), response.headers().firstValue("Content-Type"), sealed)) {
            case Unproven(Refusal why) when isPassing(why) -> new TryLater(why, true);
            case Unproven unproven when response.statusCode() == 500 -> new TryLater(
                    Refusal.of(Reason.ENDPOINT_UNREACHABLE).at("HTTP 500"), true);
            case Unproven(Refusal why) -> invalid(why.code().toString());
            case Answer answer when answer.fault() -> refusedBy(answer.content());
            case Answer answer -> confirms(answer, id, expected)
                    ? new Confirmed()
                    : invalid("bezorgenAntwoord");
        };
    }

    /** A partner that says it cannot now (0051) is taken at its word; any other refusal somebody must look at. */
    private static PushResult refusedBy(Element fault) {
        var detail = child(fault, "", "detail").flatMap(found -> child(found, MESSAGES, "fout"));
        if (detail.flatMap(found -> text(found, "digikoppeling")).filter("0051"::equals).isPresent()) {
            return new TryLater(Refusal.of(Reason.ENDPOINT_UNREACHABLE).at("0051"), true);
        }
        var refused = Refusal.of(Reason.ENDPOINT_REFUSED);
        return new Refused(detail.flatMap(found -> text(found, "code"))
                .filter(code -> CODE.matcher(code).matches()).map(refused::at).orElse(refused));
    }

    private static boolean confirms(Answer answer, DeliveryId id, Digest expected) {
        var content = answer.content();
        return ANSWER_ACTION.equals(answer.action()) && is(content, MESSAGES, "bezorgenAntwoord")
                && text(content, "bezorgingId").filter(id.uri()::equals).isPresent()
                && text(content, "digest").filter(expected.base64()::equals).isPresent();
    }

    /** The gateway's own want of a revocation list is nothing a partner can help. */
    private static boolean isPassing(Refusal refusal) {
        return refusal.code().equals(Reason.CRL_UNAVAILABLE.code());
    }

    private static PushResult invalid(String where) {
        return new Unconfirmed(Refusal.of(Reason.ENDPOINT_ANSWER_INVALID).at(where), true);
    }

    private static Optional<String> text(Element parent, String name) {
        return child(parent, MESSAGES, name).map(found -> found.getTextContent().strip());
    }

    /** The child of that name, if there is exactly one; no namespace is written as the empty string. */
    private static Optional<Element> child(Element parent, String namespace, String name) {
        Element found = null;
        for (Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
            if (at instanceof Element element && is(element, namespace, name)) {
                if (found != null) {
                    return Optional.empty();
                }
                found = element;
            }
        }
        return Optional.ofNullable(found);
    }

    private static boolean is(Element element, String namespace, String name) {
        var own = element.getNamespaceURI();
        return name.equals(element.getLocalName()) && namespace.equals(own == null ? "" : own);
    }
}
