package nl.ketenpoort.operations.log;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import nl.ketenpoort.operations.Incidents;

/** The message of an exception may quote what was being processed, so only its class and place are written. */
final class LoggedIncidents implements Incidents {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedIncidents.class);
    private static final int PLACES = 12;

    @Override
    public void storeUnavailable(Throwable cause) {
        LOG.warn("The database is not available; a message was answered with 0051: {}", described(cause));
    }

    @Override
    public UUID faultOfOurs(Throwable cause) {
        var reference = UUID.randomUUID();
        LOG.error("A fault of ours, reference {}: {}", reference, described(cause));
        return reference;
    }

    private static String described(Throwable cause) {
        var text = new StringBuilder();
        for (Throwable part = cause; part != null; part = part.getCause()) {
            text.append(part.getClass().getName()).append(Arrays.stream(part.getStackTrace()).limit(PLACES)
                    .map(place -> " at " + place.getClassName() + "." + place.getMethodName() + ":"
                            + place.getLineNumber())
                    .collect(Collectors.joining())).append("; ");
        }
        return text.toString();
    }
}
