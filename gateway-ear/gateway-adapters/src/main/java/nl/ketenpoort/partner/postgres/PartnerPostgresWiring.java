package nl.ketenpoort.partner.postgres;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.partner.PartnerRegister;

/** The door of this package, for the composition root alone. */
public final class PartnerPostgresWiring {

    private PartnerPostgresWiring() {}

    /** The register in this database. */
    public static PartnerRegister register(Jdbi database) {
        return new PostgresPartnerRegister(database);
    }
}
