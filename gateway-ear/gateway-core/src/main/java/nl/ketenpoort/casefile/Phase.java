package nl.ketenpoort.casefile;

/** Phase of a case (code list {@code fase}); the policies name them as they are written here. */
public enum Phase {
    /** The THV is in force, ten days from its start (Wth 2(1)). */
    OPEN,
    /** Extended, at most 28 days from the start (Wth 9). */
    VERLENGD,
    /** Suspended by the court. */
    GESCHORST,
    /** Withdrawn, annulled or run out; help may go on, the ban does not. */
    GEEINDIGD,
    /** It was considered and not imposed. */
    NIET_OPGELEGD,
    /** The ban has ended and the persons are followed until help is secured. */
    MONITORING,
    /** Closed. */
    AFGESLOTEN
}
