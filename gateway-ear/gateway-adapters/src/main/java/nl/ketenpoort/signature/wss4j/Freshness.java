package nl.ketenpoort.signature.wss4j;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

import org.apache.wss4j.dom.WSConstants;
import org.w3c.dom.Element;

import nl.ketenpoort.refusal.Reason;

/** Judges a Timestamp by security time (WB002): UTC, at most 300 s old, at most 60 s ahead, not expired. */
final class Freshness {

    static final Duration OLDEST = Duration.ofMinutes(5);
    static final Duration AHEAD = Duration.ofMinutes(1);

    private final Clock clock;

    Freshness(Clock clock) {
        this.clock = clock;
    }

    void check(Element timestamp) throws RefusedMessage {
        var now = clock.instant();
        for (var part : Elements.of(timestamp)) {
            var moment = moment(part);
            boolean fits = Elements.is(part, WSConstants.WSU_NS, "Created")
                    ? !moment.isAfter(now.plus(AHEAD)) && !moment.isBefore(now.minus(OLDEST))
                    : moment.isAfter(now);
            if (!fits) {
                throw new RefusedMessage(Reason.TIMESTAMP_OUTSIDE_SKEW);
            }
        }
    }

    /** A moment in UTC, written with {@code Z}. */
    static Instant moment(Element part) throws RefusedMessage {
        var written = Elements.text(part).orElse("");
        try {
            if (written.endsWith("Z")) {
                return Instant.parse(written);
            }
        } catch (DateTimeParseException notAMoment) {
            // Refused below, as a moment of another zone is.
        }
        throw new RefusedMessage(Reason.SECURITY_HEADER_INVALID, "wsu:" + part.getLocalName());
    }
}
