package nl.ketenpoort.tlslistener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;

/**
 * The files of revocation lists that must be there for anybody to be let in. A trust manager that read them once goes on
 * without them until they are outdated, and the gateway behind it does not: it refuses every message meanwhile.
 */
final class RequiredLists {

    private final List<Path> files;

    RequiredLists(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /**
     * As the server's configuration names them.
     *
     * @param names paths with commas between them
     * @throws IllegalArgumentException if it names none
     */
    static RequiredLists named(String names) {
        var files = Arrays.stream(names.split(",")).map(String::strip).filter(name -> !name.isEmpty()).map(Path::of)
                .toList();
        if (files.isEmpty()) {
            throw new IllegalArgumentException("Name the files of the revocation lists, with commas between them");
        }
        return new RequiredLists(files);
    }

    /** Refuses while one of them is missing or not to be read. */
    void check() throws CertificateException {
        if (!files.stream().allMatch(Files::isReadable)) {
            var unknown = "A revocation list is missing";
            throw new CertificateException(unknown, new CertPathValidatorException(unknown, null, null, -1,
                    BasicReason.UNDETERMINED_REVOCATION_STATUS));
        }
    }
}
