package nl.ketenpoort.endpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import nl.ketenpoort.wiring.Gateway;

/**
 * Takes a request's bytes before anything reads them as XML. CXF would parse them and write them anew: then something else
 * is verified than what was sent, and what cannot be parsed is answered without a signature and leaves no record
 * (Digikoppeling WB013). CXF gets an empty element in their place.
 */
@WebFilter("/*")
public class RequestAsSent extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String SENT = "nl.ketenpoort.sent";

    @Inject
    transient Gateway gateway;

    /**
     * What was sent.
     *
     * @param bytes at most one more than a message may have: enough to see that it is too large
     * @param contentType HTTP {@code Content-Type}
     */
    record Sent(byte[] bytes, Optional<String> contentType) {}

    static Sent of(HttpServletRequest request) {
        return (Sent) request.getAttribute(SENT);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        request.setAttribute(SENT, new Sent(bytesOf(request), Optional.ofNullable(request.getContentType())));
        chain.doFilter(new Emptied(request), response);
    }

    private byte[] bytesOf(HttpServletRequest request) throws IOException {
        try (InputStream body = request.getInputStream()) {
            return body.readNBytes(gateway.largestMessage() + 1);
        }
    }

    /** The request, of which nothing a partner wrote is left to be parsed. */
    private static final class Emptied extends HttpServletRequestWrapper {

        private static final String CONTENT_TYPE = "text/xml;charset=UTF-8";
        private static final byte[] NOTHING = "<leeg/>".getBytes(StandardCharsets.UTF_8);

        Emptied(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(NOTHING));
        }

        @Override
        public String getContentType() {
            return CONTENT_TYPE;
        }

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public int getContentLength() {
            return NOTHING.length;
        }

        @Override
        public long getContentLengthLong() {
            return NOTHING.length;
        }

        @Override
        public String getHeader(String name) {
            return ofContent(name).orElseGet(() -> super.getHeader(name));
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return ofContent(name).map(value -> Collections.enumeration(List.of(value)))
                    .orElseGet(() -> super.getHeaders(name));
        }

        private static Optional<String> ofContent(String name) {
            if ("Content-Type".equalsIgnoreCase(name)) {
                return Optional.of(CONTENT_TYPE);
            }
            return "Content-Length".equalsIgnoreCase(name)
                    ? Optional.of(Integer.toString(NOTHING.length))
                    : Optional.empty();
        }
    }

    private static final class Bytes extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Bytes(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("requests are answered by the thread that reads them");
        }
    }
}
