package nl.ketenpoort.endpoint;

import javax.sql.DataSource;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

import nl.ketenpoort.wiring.Gateway;

/**
 * Starts the gateway with the application, so that a wrong configuration stops the deployment and says why. The data source
 * is named so that the server has it before the start and until after the stop, which still writes.
 */
@WebListener
@Resource(name = "jdbc/Ketenpoort", type = DataSource.class, lookup = "java:jboss/datasources/Ketenpoort")
public class GatewayLifecycle implements ServletContextListener {

    @Inject
    Gateway gateway;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        gateway.start();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        gateway.stop();
    }
}
