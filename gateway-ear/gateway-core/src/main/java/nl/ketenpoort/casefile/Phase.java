package nl.ketenpoort.casefile;

/** Phase of a case; the policies name them as they are written here. */
public enum Phase {
    /** The THV was imposed and runs, at most 10 × 24 hours from its start (Wth 2(1)). */
    OPGELEGD,
    /** Extended, at most 28 days from the start (Wth 9). */
    VERLENGD,
    /** Withdrawn, suspended, annulled or never imposed: help may go on, the ban does not. */
    GEEN_VERBOD,
    /** The ban has ended, help and monitoring go on. */
    MONITORING,
    /** Closed. */
    AFGESLOTEN
}
