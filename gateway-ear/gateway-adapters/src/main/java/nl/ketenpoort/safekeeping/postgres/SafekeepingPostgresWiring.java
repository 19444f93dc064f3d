package nl.ketenpoort.safekeeping.postgres;

import javax.crypto.SecretKey;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.safekeeping.ContentVault;

/** The door of this package, for the composition root alone. */
public final class SafekeepingPostgresWiring {

    private SafekeepingPostgresWiring() {}

    /**
     * A vault with its case keys in this database.
     *
     * @param master AES-256
     * @param masterVersion which master key this is; bound to what it wraps
     */
    public static ContentVault vault(Jdbi database, SecretKey master, int masterVersion) {
        return new PostgresContentVault(database, master, masterVersion);
    }
}
