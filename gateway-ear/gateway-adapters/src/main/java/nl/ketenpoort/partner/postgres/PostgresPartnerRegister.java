package nl.ketenpoort.partner.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.JdbiConfig;

import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.PartnerRegister;

/**
 * The whole register is small (some hundred organisations) and asked several times a message, so a node keeps it and
 * asks the database, once a transaction, only for its version: one cheap read that no change can slip past.
 */
final class PostgresPartnerRegister implements PartnerRegister {

    private final Jdbi database;
    private final AtomicReference<RegisterSnapshot> held = new AtomicReference<>(RegisterSnapshot.none());

    PostgresPartnerRegister(Jdbi database) {
        this.database = database;
    }

    @Override
    public Optional<Organisation> find(Oin oin) {
        return Optional.ofNullable(current().organisations().get(oin));
    }

    @Override
    public boolean isIntermediaryFor(Oin intermediary, Oin signer) {
        return current().intermediaries().getOrDefault(intermediary, Set.of()).contains(signer);
    }

    @Override
    public Optional<Endpoint> endpointOf(Oin oin, PartnerFunction function) {
        return Optional.ofNullable(current().endpoints().get(new RegisterSnapshot.Address(oin, function)));
    }

    @Override
    public List<Endpoint> endpointsOf(Oin oin) {
        return current().endpoints().values().stream().filter(endpoint -> endpoint.oin().equals(oin)).toList();
    }

    @Override
    public Set<String> agreementsBetween(Oin one, Oin other, Instant at) {
        return current().agreementsBetween(one, other, at);
    }

    private RegisterSnapshot current() {
        return database.withHandle(handle -> {
            var asked = handle.getConfig(AskedInThisTransaction.class);
            var snapshot = asked.snapshot.orElseGet(() -> newest(handle));
            asked.snapshot = Optional.of(snapshot);
            return snapshot;
        });
    }

    private RegisterSnapshot newest(Handle handle) {
        var snapshot = held.get();
        long version = version(handle);
        // Read until nothing changed meanwhile: half an old register and half a new one is neither.
        while (snapshot.version() != version) {
            snapshot = RegisterSnapshot.read(handle, version);
            version = version(handle);
        }
        held.set(snapshot);
        return snapshot;
    }

    private static long version(Handle handle) {
        return handle.createQuery("SELECT version FROM register_version").mapTo(Long.class).one();
    }

    /**
     * What this handle found. A transaction has one handle, so that everything in it is decided by one register; a question
     * outside a transaction has a handle, and asks, for itself.
     */
    public static final class AskedInThisTransaction implements JdbiConfig<AskedInThisTransaction> {

        private Optional<RegisterSnapshot> snapshot = Optional.empty();

        /** Another handle asks for itself. */
        @Override
        public AskedInThisTransaction createCopy() {
            return new AskedInThisTransaction();
        }
    }
}
