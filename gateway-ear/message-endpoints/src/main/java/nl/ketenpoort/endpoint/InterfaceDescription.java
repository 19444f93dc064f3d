package nl.ketenpoort.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The WSDL and the schemas it imports, as they are in {@code message-schemas}: {@code GET /ketenpoort/v1/berichten?wsdl}.
 * Anything else that is read here and not posted is not found.
 */
@WebFilter("/*")
public class InterfaceDescription extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Set<String> SCHEMAS = Set.of("/envelope/v1/envelop.xsd", "/envelope/v1/waarden.xsd");
    private static final String WSDL = "/services/ketenpoort.wsdl";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
        } else if (request.getMethod().equals("GET") && "wsdl".equalsIgnoreCase(request.getQueryString())) {
            give(WSDL, response);
        } else if (request.getMethod().equals("GET") && SCHEMAS.contains(request.getServletPath())) {
            give(request.getServletPath(), response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void give(String path, HttpServletResponse response) throws IOException {
        response.setContentType("text/xml;charset=UTF-8");
        var loader = Thread.currentThread().getContextClassLoader();
        try (InputStream file = loader.getResourceAsStream("message-schemas" + path)) {
            file.transferTo(response.getOutputStream());
        }
    }
}
