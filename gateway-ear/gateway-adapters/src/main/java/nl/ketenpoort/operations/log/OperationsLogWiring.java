package nl.ketenpoort.operations.log;

import nl.ketenpoort.operations.Incidents;

/** The door of this package, for the composition root alone. */
public final class OperationsLogWiring {

    private OperationsLogWiring() {}

    /** Incidents in the log. */
    public static Incidents incidents() {
        return new LoggedIncidents();
    }
}
