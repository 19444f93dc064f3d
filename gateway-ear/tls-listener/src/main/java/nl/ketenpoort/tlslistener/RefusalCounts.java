package nl.ketenpoort.tlslistener;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was refused and not taken over yet. However many handshakes are refused, what is kept stays small: of each reason
 * so many certificates apart, the rest together. Each reason has room of its own, so that certificates anybody can make up
 * do not crowd out those that an authority issued. Safe for use by many threads.
 */
public final class RefusalCounts {

    /** Certificates that are told apart, for each reason. */
    static final int CERTIFICATES_APART = 8;

    private static final RefusalCounts OF_THIS_SERVER = new RefusalCounts();

    private final Map<Why, Map<Kind, Tally>> kinds = new EnumMap<>(Why.class);
    private long total;

    /** What is told apart within a reason. */
    private record Kind(Optional<String> serial, Optional<String> oin, boolean others) {

        static final Kind OTHERS = new Kind(Optional.empty(), Optional.empty(), true);
    }

    private record Tally(long count, Optional<String> lastAddress) {

        Tally and(Tally later) {
            return new Tally(count + later.count, later.lastAddress.or(() -> lastAddress));
        }
    }

    /** Of all listeners of this server. */
    public static RefusalCounts ofThisServer() {
        return OF_THIS_SERVER;
    }

    void note(Why why, Optional<ShownChain> shown, Optional<String> address) {
        var kind = new Kind(shown.map(ShownChain::serial), shown.flatMap(ShownChain::oin), false);
        synchronized (this) {
            total++;
            add(why, kind, new Tally(1, address));
        }
    }

    /** Hands over everything and begins anew; whoever takes it and cannot keep it puts it back. */
    public synchronized List<RefusalCount> take() {
        var taken = new ArrayList<RefusalCount>();
        kinds.forEach((why, counted) -> counted.forEach((kind, tally) -> taken.add(new RefusalCount(why, kind.serial(),
                kind.oin(), kind.others(), tally.lastAddress(), tally.count()))));
        kinds.clear();
        return List.copyOf(taken);
    }

    /** Adds what was taken to what has been counted since; the number of handshakes stays exact. */
    public synchronized void putBack(List<RefusalCount> taken) {
        var since = take();
        taken.forEach(this::add);
        since.forEach(this::add);
    }

    /** Handshakes refused since the server started, whether taken or not. */
    public synchronized long total() {
        return total;
    }

    private void add(RefusalCount count) {
        add(count.why(), new Kind(count.serial(), count.oin(), count.others()),
                new Tally(count.count(), count.lastAddress()));
    }

    private void add(Why why, Kind kind, Tally tally) {
        var counted = kinds.computeIfAbsent(why, any -> new LinkedHashMap<>());
        boolean room = counted.containsKey(kind) || counted.size() < CERTIFICATES_APART;
        counted.merge(room ? kind : Kind.OTHERS, tally, Tally::and);
    }
}
