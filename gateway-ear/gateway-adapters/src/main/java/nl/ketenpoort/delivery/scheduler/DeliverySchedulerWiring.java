package nl.ketenpoort.delivery.scheduler;

import java.util.function.Supplier;
import javax.sql.DataSource;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.delivery.DeliveryLanes;
import nl.ketenpoort.delivery.EndedMailboxes;
import nl.ketenpoort.delivery.LaneDelivery;
import nl.ketenpoort.delivery.NoticeSending;
import nl.ketenpoort.transaction.CaseTime;

/** The door of this package, for the composition root alone. */
public final class DeliverySchedulerWiring {

    private DeliverySchedulerWiring() {}

    /** Lanes that are to be driven by {@link #start}. */
    public static DeliveryLanes lanes(DataSource dataSource, Jdbi database, CaseTime caseTime) {
        return new ScheduledLanes(dataSource, database, caseTime);
    }

    /**
     * What the tasks do.
     *
     * @param lanes does one step of a lane
     * @param notices puts a notice on its way
     * @param endedMailboxes takes back what lies in a mailbox that nobody can open any more
     */
    public record Work(LaneDelivery lanes, NoticeSending notices, EndedMailboxes endedMailboxes) {}

    /**
     * Starts to drive the lanes on this node.
     *
     * @param node name of the node
     * @param work what the tasks do
     * @return stops it; what is under way is finished first
     */
    public static AutoCloseable start(DeliveryLanes lanes, String node, Supplier<Work> work) {
        return ((ScheduledLanes) lanes).start(node, work);
    }
}
