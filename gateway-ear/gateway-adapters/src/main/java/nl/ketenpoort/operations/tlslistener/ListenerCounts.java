package nl.ketenpoort.operations.tlslistener;

import java.util.List;

import nl.ketenpoort.operations.HandshakeCounts;
import nl.ketenpoort.operations.RefusedHandshakes;
import nl.ketenpoort.tlslistener.RefusalCount;
import nl.ketenpoort.tlslistener.RefusalCounts;

/** They live in a module of the server, so that they outlive the deployment and are not lost by a new one. */
final class ListenerCounts implements HandshakeCounts {

    private final RefusalCounts counts;

    ListenerCounts(RefusalCounts counts) {
        this.counts = counts;
    }

    @Override
    public List<RefusedHandshakes> take() {
        return counts.take().stream().map(count -> new RefusedHandshakes(why(count.why()), count.serial(), count.oin(),
                count.others(), count.lastAddress(), count.count())).toList();
    }

    @Override
    public void putBack(List<RefusedHandshakes> taken) {
        counts.putBack(taken.stream().map(refused -> new RefusalCount(why(refused.why()), refused.serial(),
                refused.oin(), refused.others(), refused.lastAddress(), refused.count())).toList());
    }

    private static RefusedHandshakes.Why why(nl.ketenpoort.tlslistener.Why why) {
        return switch (why) {
            case EXPIRED -> RefusedHandshakes.Why.EXPIRED;
            case NOT_YET_VALID -> RefusedHandshakes.Why.NOT_YET_VALID;
            case REVOKED -> RefusedHandshakes.Why.REVOKED;
            case UNKNOWN_ISSUER -> RefusedHandshakes.Why.UNKNOWN_ISSUER;
            case REVOCATION_UNKNOWN -> RefusedHandshakes.Why.REVOCATION_UNKNOWN;
            case NO_CERTIFICATE -> RefusedHandshakes.Why.NO_CERTIFICATE;
            case PROTOCOL -> RefusedHandshakes.Why.PROTOCOL;
            case OTHER -> RefusedHandshakes.Why.OTHER;
        };
    }

    private static nl.ketenpoort.tlslistener.Why why(RefusedHandshakes.Why why) {
        return switch (why) {
            case EXPIRED -> nl.ketenpoort.tlslistener.Why.EXPIRED;
            case NOT_YET_VALID -> nl.ketenpoort.tlslistener.Why.NOT_YET_VALID;
            case REVOKED -> nl.ketenpoort.tlslistener.Why.REVOKED;
            case UNKNOWN_ISSUER -> nl.ketenpoort.tlslistener.Why.UNKNOWN_ISSUER;
            case REVOCATION_UNKNOWN -> nl.ketenpoort.tlslistener.Why.REVOCATION_UNKNOWN;
            case NO_CERTIFICATE -> nl.ketenpoort.tlslistener.Why.NO_CERTIFICATE;
            case PROTOCOL -> nl.ketenpoort.tlslistener.Why.PROTOCOL;
            case OTHER -> nl.ketenpoort.tlslistener.Why.OTHER;
        };
    }
}
