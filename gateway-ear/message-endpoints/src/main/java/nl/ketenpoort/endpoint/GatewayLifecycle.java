package nl.ketenpoort.endpoint;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

import nl.ketenpoort.wiring.Gateway;

/** Starts the gateway with the application, so that a wrong configuration stops the deployment and says why. */
@WebListener
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
