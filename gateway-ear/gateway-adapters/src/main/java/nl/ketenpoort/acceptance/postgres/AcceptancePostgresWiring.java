package nl.ketenpoort.acceptance.postgres;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.acceptance.MessageStatus;
import nl.ketenpoort.acceptance.MessageStore;
import nl.ketenpoort.safekeeping.ContentVault;

/** The door of this package, for the composition root alone. */
public final class AcceptancePostgresWiring {

    private AcceptancePostgresWiring() {}

    /** The messages in this database, encrypted by the vault. */
    public static MessageStore messages(Jdbi database, ContentVault vault) {
        return new PostgresMessageStore(database, vault);
    }

    /** How the messages in this database fare. */
    public static MessageStatus status(Jdbi database) {
        return new PostgresMessageStatus(database);
    }
}
