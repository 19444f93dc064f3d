package nl.ketenpoort.casefile.postgres;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.casefile.CaseFiles;

/** The door of this package, for the composition root alone. */
public final class CasefilePostgresWiring {

    private CasefilePostgresWiring() {}

    /** The cases in this database. */
    public static CaseFiles cases(Jdbi database) {
        return new PostgresCaseFiles(database);
    }
}
