package nl.ketenpoort.wiring;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.UserTransaction;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.acceptance.CaseEffects;
import nl.ketenpoort.acceptance.MessageAcceptance;
import nl.ketenpoort.acceptance.OtherRequests;
import nl.ketenpoort.acceptance.PartnerRequests;
import nl.ketenpoort.acceptance.RequestHandler;
import nl.ketenpoort.acceptance.SendHandler;
import nl.ketenpoort.acceptance.postgres.AcceptancePostgresWiring;
import nl.ketenpoort.acceptance.xml.AcceptanceWiring;
import nl.ketenpoort.casefile.postgres.CasefilePostgresWiring;
import nl.ketenpoort.casefile.routes.RoutesWiring;
import nl.ketenpoort.consent.postgres.ConsentPostgresWiring;
import nl.ketenpoort.delivery.DeliveryLanes;
import nl.ketenpoort.delivery.DeliveryRecords;
import nl.ketenpoort.delivery.EndedMailboxes;
import nl.ketenpoort.delivery.LaneDelivery;
import nl.ketenpoort.delivery.Mailbox;
import nl.ketenpoort.delivery.NewDeliveries;
import nl.ketenpoort.delivery.NoticeSending;
import nl.ketenpoort.delivery.NoticeWriting;
import nl.ketenpoort.delivery.Reconsideration;
import nl.ketenpoort.delivery.postgres.DeliveryPostgresWiring;
import nl.ketenpoort.delivery.push.PushWiring;
import nl.ketenpoort.delivery.push.PushWiring.Connection;
import nl.ketenpoort.delivery.scheduler.DeliverySchedulerWiring;
import nl.ketenpoort.evidence.postgres.EvidencePostgresWiring;
import nl.ketenpoort.evidence.random.RandomWiring;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring;
import nl.ketenpoort.minimisation.Deliberation;
import nl.ketenpoort.operations.HandshakeRecording;
import nl.ketenpoort.operations.LateRecording;
import nl.ketenpoort.operations.log.OperationsLogWiring;
import nl.ketenpoort.operations.rounds.OperationsRoundsWiring;
import nl.ketenpoort.operations.tlslistener.OperationsTlsListenerWiring;
import nl.ketenpoort.partner.Admission;
import nl.ketenpoort.partner.FunctionCertificates;
import nl.ketenpoort.partner.postgres.PartnerPostgresWiring;
import nl.ketenpoort.purpose.Rulings;
import nl.ketenpoort.purpose.cedar.CedarWiring;
import nl.ketenpoort.receipt.xml.ReceiptWiring;
import nl.ketenpoort.safekeeping.postgres.SafekeepingPostgresWiring;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.wss4j.Wss4jWiring;
import nl.ketenpoort.transaction.clock.ClockWiring;
import nl.ketenpoort.transaction.jta.JtaWiring;
import nl.ketenpoort.validation.xml.ValidationWiring;

/**
 * The composition root: puts the gateway together, once, at start, each part before what uses it.
 * There is no conditional wiring; what differs between two installations is configuration and data.
 */
@ApplicationScoped
public class Gateway {

    private static final String DATA_SOURCE = "java:jboss/datasources/Ketenpoort";
    private static final String TRANSACTIONS = "java:jboss/UserTransaction";

    private PartnerRequests requests;
    private int largestMessage;
    private AutoCloseable driving;
    private AutoCloseable recordingHandshakes;
    private AutoCloseable recordingLate;

    /**
     * Starts.
     *
     * @throws IllegalStateException if something is missing or wrong; the message says what to do
     */
    public void start() {
        var configuration = GatewayConfiguration.of(ConfigProvider.getConfig());
        DataSource dataSource = lookup(DATA_SOURCE);
        var database = Jdbi.create(dataSource);
        var transaction = JtaWiring.on(lookup(TRANSACTIONS), database);
        var caseTime = ClockWiring.caseTime(Clock.systemUTC());
        var randomness = RandomWiring.randomness();
        var journal = EvidencePostgresWiring.journal(database);
        var vault = SafekeepingPostgresWiring.vault(database, configuration.contentMaster(),
                configuration.contentMasterVersion());

        // Who: signature, register of partners.
        var security = Wss4jWiring.with(new Wss4jWiring.Configuration(configuration.key("sign"),
                List.of(configuration.key("decrypt")), configuration.anchors(), configuration.trust(),
                configuration.endpoints(), configuration.largestMessage(), Clock.systemUTC()));
        var partners = PartnerPostgresWiring.register(database);
        var admission = new Admission(partners);
        var certificates = new FunctionCertificates(partners);

        // What: message types, validation, the case.
        var types = MessageTypesWiring.catalogue(caseTime);
        var validation = ValidationWiring.over(types);
        var cases = CasefilePostgresWiring.cases(database);
        var routes = RoutesWiring.routes(configuration.policies(), partners);

        // Whether: policies, consent, minimisation.
        var policies = CedarWiring.engine(configuration.policies());
        var consents = ConsentPostgresWiring.register(database);
        var deliberation = new Deliberation(partners, new Rulings(policies));

        // And then: deliveries and answers.
        DeliveryLanes lanes = DeliverySchedulerWiring.lanes(dataSource, database, caseTime);
        var deliveries = DeliveryPostgresWiring.deliveries(database, vault);
        var newDeliveries = new NewDeliveries(partners, lanes);
        var records = new DeliveryRecords(deliveries, lanes, journal, randomness, caseTime, policies::bundle);
        var receiptKey = configuration.key("receipt");
        var receiptCertificate = (X509Certificate) receiptKey.getCertificate();
        var receipts = ReceiptWiring.receipts(receiptKey.getPrivateKey(), receiptCertificate);
        var writing = ReceiptWiring.deliveries(types, receiptKey.getPrivateKey(), receiptCertificate);
        var reconsideration = new Reconsideration(cases, consents, validation.stored(), deliberation,
                writing, new NoticeWriting(writing, configuration.oin()), caseTime);
        var answers = AcceptanceWiring.answers(ReceiptWiring.decisions());

        var acceptance = new MessageAcceptance(new MessageAcceptance.Collaborators(validation.validation(), transaction,
                admission, AcceptancePostgresWiring.messages(database, vault), types, partners, cases,
                new CaseEffects(cases, routes, partners, randomness, caseTime), consents, deliberation, policies,
                journal,
                randomness, receipts, newDeliveries, caseTime));
        var others = new OtherRequests(
                new OtherRequests.Collaborators(validation.requests(), transaction, admission, certificates,
                        cases, consents, deliveries, records, reconsideration,
                        new Mailbox(certificates, deliveries, records, reconsideration, randomness, caseTime),
                        AcceptancePostgresWiring.status(database), answers, journal, randomness, caseTime));
        var late = new LateRecording(transaction, journal, randomness, caseTime);
        requests = new PartnerRequests(security.verification(), handlers(new SendHandler(acceptance, answers), others),
                answers, security.sealing(), new PartnerRequests.Recording(transaction, journal, randomness, caseTime,
                        OperationsLogWiring.incidents(), late));
        largestMessage = configuration.largestMessage();
        var channel = PushWiring.channel(security.exchange(),
                Connection.of(configuration.key("tls"), security.partnerServers()));
        var lane = new LaneDelivery(transaction, deliveries, records, reconsideration, partners, channel, randomness,
                caseTime);
        var notices = new NoticeSending(transaction, deliveries, newDeliveries);
        var work = new DeliverySchedulerWiring.Work(lane, notices,
                new EndedMailboxes(transaction, partners, deliveries, lanes));
        driving = DeliverySchedulerWiring.start(lanes, configuration.node(), () -> work);

        // Beside all that: who did not get past the handshake, and who was refused while nothing could be recorded.
        recordingHandshakes = OperationsRoundsWiring.start(
                new HandshakeRecording(OperationsTlsListenerWiring.counts(), transaction, journal, randomness,
                        caseTime),
                OperationsTlsListenerWiring::total);
        recordingLate = OperationsRoundsWiring.start(late);
    }

    private static Map<Operation, RequestHandler> handlers(RequestHandler sending, RequestHandler others) {
        var handlers = new EnumMap<Operation, RequestHandler>(Operation.class);
        for (var operation : Operation.values()) {
            handlers.put(operation, operation == Operation.SEND ? sending : others);
        }
        return handlers;
    }

    /** Stops; what was refused is recorded and deliveries that are under way finished first. */
    public void stop() {
        try {
            stop(recordingHandshakes, "the recording of refused handshakes");
        } finally {
            try {
                stop(recordingLate, "the recording of what was refused");
            } finally {
                stop(driving, "the deliveries");
            }
        }
    }

    private static void stop(AutoCloseable running, String what) {
        if (running == null) {
            return;
        }
        try {
            running.close();
        } catch (Exception failure) {
            throw new IllegalStateException(what + " did not stop", failure);
        }
    }

    /** Answers whatever a partner sends. */
    public PartnerRequests requests() {
        return requests;
    }

    /** Bytes a message may have. */
    public int largestMessage() {
        return largestMessage;
    }

    /** BanJNDI is about names that come from outside: these are ours, and of this server only. */
    @SuppressWarnings({"unchecked", "BanJNDI"})
    private static <T> T lookup(String name) {
        try {
            return (T) new InitialContext().lookup(name);
        } catch (NamingException missing) {
            throw new IllegalStateException(name + " is not there; configure the server with deploy/wildfly", missing);
        }
    }
}
