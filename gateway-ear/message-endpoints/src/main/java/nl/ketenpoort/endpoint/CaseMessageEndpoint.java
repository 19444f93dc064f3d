package nl.ketenpoort.endpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

import jakarta.activation.DataSource;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceContext;
import jakarta.xml.ws.WebServiceProvider;
import jakarta.xml.ws.handler.MessageContext;
import jakarta.xml.ws.http.HTTPBinding;

import nl.ketenpoort.acceptance.PartnerRequests;
import nl.ketenpoort.signature.ReceivedMessage;
import nl.ketenpoort.wiring.Gateway;

/**
 * A message's way begins here. CXF carries the request; its bytes go to the core as they came ({@link RequestAsSent}),
 * because what is verified must be what was sent (decision record 0008), and the answer that comes back is sealed
 * already.
 */
@WebServiceProvider(serviceName = "Ketenpoort", portName = "BerichtenPoort", targetNamespace = "urn:nl:ketenpoort:diensten:v1")
@ServiceMode(Service.Mode.MESSAGE)
@BindingType(HTTPBinding.HTTP_BINDING)
public class CaseMessageEndpoint implements Provider<DataSource> {

    private static final String SOAP_1_1 = "text/xml;charset=UTF-8";
    private static final String CLIENT_CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final int HTTP_OK = 200;
    private static final int HTTP_FAULT = 500;

    @Inject
    Gateway gateway;

    @Resource
    WebServiceContext context;

    @Override
    public DataSource invoke(DataSource request) {
        var message = context.getMessageContext();
        var http = (HttpServletRequest) message.get(MessageContext.SERVLET_REQUEST);
        var sent = RequestAsSent.of(http);
        PartnerRequests.Answer answer = gateway.requests().answer(new ReceivedMessage(sent.bytes(), sent.contentType(),
                Optional.ofNullable(http.getHeader("SOAPAction")).map(CaseMessageEndpoint::unquoted),
                certificateOf(http)));
        message.put(MessageContext.HTTP_RESPONSE_CODE, answer.fault() ? HTTP_FAULT : HTTP_OK);
        return new SoapAnswer(answer.bytes());
    }

    private static Optional<X509Certificate> certificateOf(HttpServletRequest http) {
        return http.getAttribute(CLIENT_CERTIFICATES) instanceof X509Certificate[] chain
                ? Arrays.stream(chain).findFirst()
                : Optional.empty();
    }

    private static String unquoted(String header) {
        return header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"")
                ? header.substring(1, header.length() - 1)
                : header;
    }

    private record SoapAnswer(byte[] bytes) implements DataSource {

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("an answer is only read");
        }

        @Override
        public String getContentType() {
            return SOAP_1_1;
        }

        @Override
        public String getName() {
            return "answer";
        }
    }
}
