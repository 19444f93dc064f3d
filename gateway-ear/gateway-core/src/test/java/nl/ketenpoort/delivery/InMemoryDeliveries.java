package nl.ketenpoort.delivery;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.delivery.WaitingDelivery.Notice;
import nl.ketenpoort.delivery.WaitingDelivery.OfMessage;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.refusal.ErrorCode;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.transaction.Undoable;

/** Deliveries and their lanes in memory. */
public final class InMemoryDeliveries implements DeliveryStore, DeliveryLanes, Undoable {

    /** How far a delivery is. */
    public enum State {
        WAITING, SENDING, MAILBOX, DISCLOSED, DELIVERED, PARKED, CANCELLED
    }

    private static final Set<State> OPEN = EnumSet.of(State.WAITING, State.SENDING, State.MAILBOX, State.DISCLOSED);

    /** A delivery as it is kept. */
    public record Row(NewDelivery delivery, Lane lane, long sequence, State state, Instant since, Attempts attempts,
            Optional<ErrorCode> code, Optional<Digest> digest, Optional<Salt> salt) {

        private Row in(State next, Instant now, Optional<ErrorCode> why) {
            return new Row(delivery, lane, sequence, next, now, attempts, why, digest, salt);
        }

        private Row given(State next, Instant now, Digest what, Salt with, Attempts known) {
            return new Row(delivery, lane, sequence, next, now, known, code, Optional.of(what), Optional.of(with));
        }
    }

    private record Told(DeliveryId about, Notice notice) {}

    private record Place(Oin oin, PartnerFunction function) {}

    private final BiFunction<Oin, MessageId, OfMessage> messages;
    private final Function<NewDelivery, Set<DataClass>> permitted;
    private final CaseTime caseTime;
    private Map<DeliveryId, Row> rows = new LinkedHashMap<>();
    private Map<DeliveryId, Told> notices = new LinkedHashMap<>();
    private List<DeliveryId> later = List.of();
    private Map<Place, Failing> failing = new HashMap<>();
    private int woken;

    public InMemoryDeliveries(BiFunction<Oin, MessageId, OfMessage> messages,
            Function<NewDelivery, Set<DataClass>> permitted, CaseTime caseTime) {
        this.messages = messages;
        this.permitted = permitted;
        this.caseTime = caseTime;
    }

    @Override
    public void enqueue(NewDelivery delivery) {
        add(delivery, State.WAITING);
        var lane = rows.get(delivery.id()).lane();
        takeBack(select(row -> row.lane().equals(lane) && row.state() == State.MAILBOX));
    }

    @Override
    public boolean putInMailbox(NewDelivery delivery) {
        var lane = new Lane(delivery.caseId(), delivery.receiver().oin(), delivery.receiver().function(),
                delivery.urgent());
        boolean first = lockHead(lane).isEmpty();
        add(delivery, first ? State.MAILBOX : State.WAITING);
        return first;
    }

    private void add(NewDelivery delivery, State state) {
        var lane = new Lane(delivery.caseId(), delivery.receiver().oin(), delivery.receiver().function(),
                delivery.urgent());
        long sequence = rows.values().stream().filter(row -> row.lane().equals(lane)).count() + 1;
        rows.put(delivery.id(), new Row(delivery, lane, sequence, state, caseTime.now(), Attempts.none(),
                Optional.empty(),
                Optional.empty(), Optional.empty()));
    }

    @Override
    public void somethingIsWaiting() {
        woken++;
    }

    /** How often somebody said that something waits. */
    public int woken() {
        return woken;
    }

    /** Everything, in order of arrival. */
    public List<Row> all() {
        return List.copyOf(rows.values());
    }

    public Row row(DeliveryId id) {
        return rows.get(id);
    }

    @Override
    public Optional<WaitingDelivery> lockHead(Lane lane) {
        return select(row -> row.lane().equals(lane) && (row.state() == State.WAITING || row.state() == State.SENDING))
                .min(Comparator.comparingLong(Row::sequence)).map(this::waiting);
    }

    @Override
    public List<WaitingDelivery> lockUndisclosed(CaseId caseId) {
        return select(row -> row.delivery().caseId().equals(caseId)
                && (row.state() == State.WAITING || row.state() == State.MAILBOX))
                .sorted(Comparator.comparing((Row row) -> row.lane().name()).thenComparing(Row::sequence))
                .map(this::waiting).toList();
    }

    @Override
    public List<DeliveryId> underWay(CaseId caseId) {
        return select(row -> row.delivery().caseId().equals(caseId) && row.state() == State.SENDING)
                .map(row -> row.delivery().id()).toList();
    }

    @Override
    public List<WaitingDelivery> lockInMailbox(Mailboxes mailboxes, int maximum) {
        // The rows are in the order in which they came.
        return inMailbox(mailboxes).sorted(Comparator.comparing(row -> !row.delivery().urgent()))
                .limit(maximum).map(this::waiting).toList();
    }

    @Override
    public int countInMailbox(Mailboxes mailboxes) {
        return (int) inMailbox(mailboxes).count();
    }

    private Stream<Row> inMailbox(Mailboxes mailboxes) {
        return select(row -> (row.state() == State.MAILBOX || row.state() == State.DISCLOSED)
                && row.lane().receiver().equals(mailboxes.receiver())
                && mailboxes.function().map(row.lane().function()::equals).orElse(true)
                && !mailboxes.closed().contains(row.lane().function()));
    }

    @Override
    public List<Mailboxes> mailboxesInUse() {
        return select(row -> row.state() == State.MAILBOX || row.state() == State.DISCLOSED)
                .map(row -> new Mailboxes(row.lane().receiver(), Optional.of(row.lane().function()), Set.of()))
                .distinct().toList();
    }

    @Override
    public boolean takeBack(Mailboxes mailbox, boolean fetchedToo) {
        return takeBack(inMailbox(mailbox).filter(row -> fetchedToo || row.state() == State.MAILBOX));
    }

    private boolean takeBack(Stream<Row> these) {
        var taken = these.map(row -> row.delivery().id()).toList();
        taken.forEach(id -> change(id, OPEN, row -> row.in(State.WAITING, caseTime.now(), row.code())));
        return !taken.isEmpty();
    }

    @Override
    public Optional<Disclosed> lockDisclosed(Oin receiver, DeliveryId id) {
        return Optional.ofNullable(rows.get(id)).filter(row -> row.lane().receiver().equals(receiver))
                .filter(row -> row.state() == State.DISCLOSED || row.state() == State.DELIVERED
                        || (row.state() == State.WAITING || row.state() == State.CANCELLED
                                || row.state() == State.PARKED)
                                && row.attempts().mayHaveArrived())
                .map(row -> new Disclosed(waiting(row), row.digest().orElseThrow(), switch (row.state()) {
                    case DISCLOSED, WAITING -> Disclosed.End.NONE_YET;
                    case DELIVERED -> Disclosed.End.CONFIRMED;
                    default -> Disclosed.End.STOPPED;
                }));
    }

    @Override
    public void sending(DeliveryId id, Digest delivered, Salt salt, Attempts begun, Instant now) {
        change(id, EnumSet.of(State.WAITING, State.SENDING),
                row -> row.given(State.SENDING, now, delivered, salt, begun));
    }

    @Override
    public boolean lockAttempt(Lane lane, DeliveryId id, Attempts begun) {
        var row = rows.get(id);
        return row.state() == State.SENDING && row.attempts().count() == begun.count();
    }

    @Override
    public void inMailbox(DeliveryId id, Instant now) {
        change(id, OPEN, row -> row.in(State.MAILBOX, now, Optional.empty()));
    }

    @Override
    public boolean disclosed(DeliveryId id, Digest delivered, Salt salt, Instant now) {
        var row = rows.get(id);
        boolean news = row.state() == State.MAILBOX
                || row.state() == State.DISCLOSED && !row.digest().equals(Optional.of(delivered));
        if (news) {
            rows.put(id, row.in(row.state(), now, Optional.empty()).given(State.DISCLOSED, now, delivered, salt,
                    new Attempts(row.attempts().count(), row.attempts().unconfirmed(), true)));
        }
        return news;
    }

    @Override
    public void delivered(DeliveryId id, Instant now) {
        change(id, OPEN, row -> row.in(State.DELIVERED, now, Optional.empty()));
    }

    @Override
    public void waitsAgain(DeliveryId id, ErrorCode why, Attempts attempts, Instant now) {
        rows.computeIfPresent(id, (same, row) -> row.state() == State.SENDING
                ? new Row(row.delivery(), row.lane(), row.sequence(), State.WAITING, now, attempts,
                        Optional.of(why), row.digest(), row.salt())
                : row);
    }

    @Override
    public boolean undecided(DeliveryId id, ErrorCode why) {
        var row = rows.get(id);
        boolean news = OPEN.contains(row.state()) && !row.code().equals(Optional.of(why));
        if (news) {
            rows.put(id, row.in(row.state(), row.since(), Optional.of(why)));
        }
        return news;
    }

    @Override
    public void parked(DeliveryId id, ErrorCode why, Instant now) {
        change(id, OPEN, row -> row.in(State.PARKED, now, Optional.of(why)));
    }

    @Override
    public void cancelled(DeliveryId id, ErrorCode why, Instant now) {
        change(id, OPEN, row -> row.in(State.CANCELLED, now, Optional.of(why)));
    }

    private void change(DeliveryId id, Set<State> from, UnaryOperator<Row> change) {
        var row = rows.get(id);
        if (row == null || !from.contains(row.state())) {
            throw new IllegalStateException("the delivery has ended already");
        }
        rows.put(id, change.apply(row));
    }

    @Override
    public Optional<Failing> failing(Oin oin, PartnerFunction function) {
        return Optional.ofNullable(failing.get(new Place(oin, function)));
    }

    @Override
    public Optional<Lane> oldestUrgent(Oin oin, PartnerFunction function) {
        return select(row -> row.lane().receiver().equals(oin) && row.lane().function().equals(function)
                && row.lane().urgent() && (row.state() == State.WAITING || row.state() == State.SENDING))
                .min(Comparator.comparingInt(row -> row.attempts().count())).map(Row::lane);
    }

    @Override
    public Optional<Instant> waitsSince(Lane lane) {
        return select(row -> row.lane().equals(lane) && (row.state() == State.WAITING || row.state() == State.SENDING))
                .min(Comparator.comparingLong(Row::sequence)).map(Row::since);
    }

    @Override
    public boolean probe(Oin oin, PartnerFunction function, Failing seen, Instant until) {
        return failing.replace(new Place(oin, function), seen,
                new Failing(seen.failures(), seen.last(), Optional.of(until)));
    }

    @Override
    public Failing endpointFailed(Oin oin, PartnerFunction function, Instant began, Instant now) {
        return failing.merge(new Place(oin, function), new Failing(1, now, Optional.empty()),
                (known, more) -> began.isBefore(known.last())
                        ? known
                        : new Failing(known.failures() + 1, now, Optional.empty()));
    }

    @Override
    public void endpointAnswered(Oin oin, PartnerFunction function) {
        failing.remove(new Place(oin, function));
    }

    private Stream<Row> select(Predicate<Row> wanted) {
        return rows.values().stream().filter(wanted);
    }

    private OfMessage ofMessage(Row row) {
        return messages.apply(row.delivery().sender(), row.delivery().messageId());
    }

    private WaitingDelivery waiting(Row row) {
        var delivery = row.delivery();
        return new WaitingDelivery(delivery.id(), row.sequence(), row.lane().receiver(), row.lane().function(),
                delivery.purpose(), delivery.urgent(), row.attempts(), row.salt(),
                delivery.about().isPresent() ? Set.of() : permitted.apply(delivery), ofMessage(row),
                Optional.ofNullable(notices.get(delivery.id())).map(Told::notice));
    }

    @Override
    public void notice(DeliveryId id, DeliveryId about, Notice notice) {
        notices.put(id, new Told(about, notice));
    }

    @Override
    public Optional<NewDelivery> unsentNotice(DeliveryId id) {
        return Optional.ofNullable(notices.get(id)).filter(told -> !rows.containsKey(id))
                .map(told -> rows.get(told.about())).map(told -> {
                    var about = told.delivery();
                    var sender = new Party(about.sender(), ofMessage(told).senderFunction(), Set.of());
                    return new NewDelivery(id, about.sender(), about.messageId(), about.caseId(), sender,
                            about.purpose(), about.urgent(), about.phase(), Optional.of(about.id()));
                });
    }

    @Override
    public void sendLater(DeliveryId notice) {
        later = Stream.concat(later.stream(), Stream.of(notice)).toList();
    }

    /** Notices somebody is to put on their way. */
    public List<DeliveryId> later() {
        return later;
    }

    @Override
    public Runnable remember() {
        var noticesBefore = new LinkedHashMap<>(notices);
        var laterBefore = later;
        var rowsBefore = new LinkedHashMap<>(rows);
        var failingBefore = new HashMap<>(failing);
        return () -> {
            rows = rowsBefore;
            notices = noticesBefore;
            later = laterBefore;
            failing = failingBefore;
        };
    }
}
