package nl.ketenpoort.consent.postgres;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.consent.ConsentRegister;

/** The door of this package, for the composition root alone. */
public final class ConsentPostgresWiring {

    private ConsentPostgresWiring() {}

    /** The consents in this database. */
    public static ConsentRegister register(Jdbi database) {
        return new PostgresConsentRegister(database);
    }
}
