package nl.ketenpoort.delivery.postgres;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.delivery.DeliveryStore;
import nl.ketenpoort.safekeeping.ContentVault;

/** The door of this package, for the composition root alone. */
public final class DeliveryPostgresWiring {

    private DeliveryPostgresWiring() {}

    /** The deliveries in this database; what they deliver is opened by the vault. */
    public static DeliveryStore deliveries(Jdbi database, ContentVault vault) {
        return new PostgresDeliveryStore(database, vault);
    }
}
