package nl.ketenpoort.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.UserTransaction;

import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.jta.JtaWiring;

/**
 * Puts the gateway together, once, at start. There is no conditional wiring: what differs between two installations is
 * configuration and data.
 */
@ApplicationScoped
public class GatewayWiring {

    @Produces
    @ApplicationScoped
    Transaction transaction(UserTransaction ofTheServer) {
        return JtaWiring.on(ofTheServer);
    }
}
