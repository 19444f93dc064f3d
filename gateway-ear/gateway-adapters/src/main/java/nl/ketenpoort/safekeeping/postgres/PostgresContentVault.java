package nl.ketenpoort.safekeeping.postgres;

import java.util.Optional;
import javax.crypto.SecretKey;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.safekeeping.ContentVault;
import nl.ketenpoort.safekeeping.VaultClosed;

final class PostgresContentVault implements ContentVault {

    private final Jdbi database;
    private final SecretKey master;
    private final int masterVersion;
    private final AuthenticatedEncryption encryption = new AuthenticatedEncryption();

    PostgresContentVault(Jdbi database, SecretKey master, int masterVersion) {
        this.database = database;
        this.master = master;
        this.masterVersion = masterVersion;
    }

    @Override
    public SealedContent seal(CaseId caseId, String row, byte[] content) {
        var caseKey = caseKey(caseId).orElseGet(() -> firstKey(caseId));
        var contentKey = encryption.freshKey();
        return new SealedContent(encryption.wrap(caseKey, contentKey, "content-key|" + caseId + "|" + row),
                encryption.encrypt(contentKey, content, "content|" + caseId + "|" + row));
    }

    @Override
    public byte[] open(CaseId caseId, String row, SealedContent sealed) {
        var caseKey = caseKey(caseId)
                .orElseThrow(() -> new IllegalStateException("the key of the case is destroyed"));
        var contentKey = encryption.unwrap(caseKey, sealed.wrappedKey(), "content-key|" + caseId + "|" + row);
        return encryption.decrypt(contentKey, sealed.ciphertext(), "content|" + caseId + "|" + row);
    }

    private Optional<SecretKey> caseKey(CaseId caseId) {
        return database.withHandle(handle -> handle
                .createQuery("SELECT wrapped, master_version FROM case_key WHERE case_id = :case")
                .bind("case", caseId.value())
                .map((row, context) -> opened(row.getBytes("wrapped"), boundTo(caseId, row.getInt("master_version"))))
                .findOne());
    }

    private SecretKey opened(byte[] wrapped, String boundTo) {
        try {
            return encryption.unwrap(master, wrapped, boundTo);
        } catch (IllegalStateException doesNotOpen) {
            throw new VaultClosed(doesNotOpen);
        }
    }

    /** Two messages that are the first of a case at once: the one that comes second takes the key of the first. */
    private SecretKey firstKey(CaseId caseId) {
        var fresh = encryption.freshKey();
        int inserted = database.withHandle(handle -> handle.createUpdate("""
                INSERT INTO case_key (case_id, wrapped, master_version) VALUES (:case, :wrapped, :version)
                ON CONFLICT DO NOTHING""").bind("case", caseId.value())
                .bind("wrapped", encryption.wrap(master, fresh, boundTo(caseId, masterVersion)))
                .bind("version", masterVersion).execute());
        return inserted == 1 ? fresh : caseKey(caseId).orElseThrow();
    }

    private static String boundTo(CaseId caseId, int version) {
        return "case-key|" + caseId + "|" + version;
    }
}
