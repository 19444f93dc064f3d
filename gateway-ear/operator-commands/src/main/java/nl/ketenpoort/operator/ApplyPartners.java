package nl.ketenpoort.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;

/**
 * Makes the register of partners as a file ({@code partners-v1.xsd}) says, in one transaction with the audit records of
 * it, or not at all. Everything is judged before anything is written. Applying the same file again changes nothing and
 * records nothing. A running gateway sees the change at its next message, by the version of the register.
 *
 * <p>
 * Connects as the owner of the database; the gateway's own role may only read the register.
 */
public final class ApplyPartners {

    private static final Pattern ROLE = Pattern.compile("[A-Za-z][A-Za-z0-9 ._-]{1,59}");
    private static final ZoneId HERE = ZoneId.of("Europe/Amsterdam");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jdbi database;
    private final Clock clock;
    private final boolean allowLoopback;

    /**
     * @param jdbcUrl for the driver of PostgreSQL, without user and password
     * @param user the owner of the database
     * @param password his password
     * @param allowLoopback whether an endpoint may be on this machine, for demo and tests only
     */
    public ApplyPartners(String jdbcUrl, String user, String password, boolean allowLoopback) {
        this(Jdbi.create(jdbcUrl, user, password), Clock.systemUTC(), allowLoopback);
    }

    ApplyPartners(Jdbi database, Clock clock, boolean allowLoopback) {
        this.database = database;
        this.clock = clock;
        this.allowLoopback = allowLoopback;
    }

    /** How it ended. */
    public sealed interface Outcome {}

    /**
     * The register is as the file says.
     *
     * @param before version of the register before
     * @param after version now; the same if nothing changed
     * @param changes for each organisation and agreement that the file names
     */
    public record Applied(long before, long after, List<Change> changes) implements Outcome {}

    /**
     * Nothing was written.
     *
     * @param problems all that is wrong with the file, in order of line
     */
    public record Refused(List<Problem> problems) implements Outcome {}

    /**
     * Applies the file.
     *
     * @param by the operator's role, as the audit records keep it; the name of a role, never of a person
     * @throws IllegalArgumentException if {@code by} is not a name of a role, see {@link #isRole(String)}
     */
    public Outcome apply(Path file, String by) {
        if (!isRole(by)) {
            throw new IllegalArgumentException("not a name of a role");
        }
        return run(file, Optional.of(by));
    }

    /** Whether the text can name a role: 2 to 60 letters, digits, spaces, dots, dashes, and a letter first. */
    public static boolean isRole(String text) {
        return ROLE.matcher(text).matches();
    }

    /** What applying the file would change, or why it would be refused. Writes nothing. */
    public Outcome rehearse(Path file) {
        return run(file, Optional.empty());
    }

    private Outcome run(Path file, Optional<String> by) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException unreadable) {
            return new Refused(List.of(new Problem(0, "Het bestand is niet te lezen.",
                    "Kijk of het bestaat en of u het mag lezen.")));
        }
        var problems = new ArrayList<Problem>();
        var read = PartnersFileReader.read(bytes, problems);
        if (read.isEmpty()) {
            return new Refused(problems);
        }
        // As fine as the database keeps it, so that the commitment can be made again from what it keeps.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var codes = KnownCodes.on(LocalDate.ofInstant(now, HERE));
        return database.inTransaction(handle -> {
            var tables = new RegisterTables(handle);
            long version = by.isPresent() ? tables.lockVersion() : tables.version();
            var stored = tables.read();
            var wanted = PartnersCheck.judge(read.get(), directoryOf(file), stored, codes, allowLoopback, now,
                    problems);
            if (!problems.isEmpty()) {
                problems.sort(Comparator.comparingInt(Problem::line));
                return new Refused(List.copyOf(problems));
            }
            var difference = new RegisterChanges(stored, wanted, now);
            var changes = difference.all();
            if (changes.stream().allMatch(change -> change.kind() == Change.Kind.SAME)) {
                return new Applied(version, version, changes);
            }
            by.ifPresent(role -> {
                difference.writeTo(tables);
                tables.raiseVersionTo(version + 1);
                record(tables, changes, role, Digest.of(bytes), version + 1, now);
            });
            return new Applied(version, version + 1, changes);
        });
    }

    private static void record(RegisterTables tables, List<Change> changes, String by, Digest file, long version,
            Instant now) {
        for (var change : changes) {
            if (change.kind() == Change.Kind.SAME) {
                continue;
            }
            var facts = new HashMap<String, String>();
            change.changed().forEach((name, value) -> facts.put("changed." + name, value));
            facts.putAll(Map.of("by", by, "file", file.base64(), "version", Long.toString(version), "change",
                    change.kind().name(), change.subject().name().toLowerCase(Locale.ROOT), change.id()));
            tables.append(new AuditRecord(UUID.randomUUID(), AuditRecord.Kind.PARTNERS_CHANGED, now, Optional.empty(),
                    Optional.empty(), Optional.empty(), facts), salt());
        }
    }

    private static Salt salt() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new Salt(bytes);
    }

    private static Path directoryOf(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    }
}
