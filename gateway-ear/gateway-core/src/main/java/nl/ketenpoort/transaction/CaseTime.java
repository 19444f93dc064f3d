package nl.ketenpoort.transaction;

import java.time.Instant;

/**
 * The clock of cases: phases, deadlines, consent, retention and backoff run on it. Certificates, timestamps and login
 * run on the clock of the system. Only a test environment can set it apart from that.
 */
public interface CaseTime {

    /** Now, in UTC. */
    Instant now();
}
