package nl.ketenpoort.localstack.server;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import javax.sql.DataSource;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.eclipse.microprofile.config.ConfigProvider;

/** Stands in the gateway's place in the server, and uses what the gateway will: one line for each. */
@WebServlet("/probe")
public class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Resource(lookup = "java:jboss/datasources/Ketenpoort")
    private transient DataSource source;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var certificates = (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");
        try {
            response.setContentType("text/plain");
            response.getWriter().println("partner " + certificates[0].getSubjectX500Principal().getName());
            response.getWriter().println("configuration "
                    + ConfigProvider.getConfig().getValue("ketenpoort.gateway.oin", String.class));
            response.getWriter().println("policy engine " + policyEngine());
            response.getWriter().println("database " + database());
        } catch (SQLException | ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }

    private String database() throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "select current_user || ' as ' || current_setting('application_name') || ' in ' || current_schemas(false)::text")) {
            result.next();
            return result.getString(1);
        }
    }

    /** A call into its native library; by name, so that the probe needs no library of it. */
    private static Object policyEngine() throws ReflectiveOperationException {
        return Class.forName("com.cedarpolicy.model.policy.Policy").getMethod("parseStaticPolicy", String.class)
                .invoke(null, "permit(principal, action, resource);");
    }
}
