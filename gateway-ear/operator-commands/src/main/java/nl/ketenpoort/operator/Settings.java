package nl.ketenpoort.operator;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;

/**
 * What the commands must know of an installation, from a properties file.
 *
 * @param databaseUrl {@code ketenpoort.database.url}: for the driver of PostgreSQL, without user and password
 * @param user {@code ketenpoort.owner.user}: the owner of the database
 * @param password {@code ketenpoort.owner.password}
 * @param allowLoopback {@code ketenpoort.partners.allow-loopback}, false unless {@code true}; a system property of that
 *        name goes before the file
 * @param openToOthers whether others on the machine may read the file
 */
record Settings(String databaseUrl, String user, String password, boolean allowLoopback, boolean openToOthers) {

    private static final String LOOPBACK = "ketenpoort.partners.allow-loopback";

    /** @throws MisuseException if something is missing */
    static Settings in(Path file) {
        var properties = new Properties();
        try (var in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException unreadable) {
            throw new MisuseException(
                    "Instellingenbestand " + file + " is niet te lezen. Kijk of het bestaat en of u het mag lezen.");
        }
        return new Settings(required(properties, "ketenpoort.database.url", file),
                required(properties, "ketenpoort.owner.user", file),
                required(properties, "ketenpoort.owner.password", file),
                Boolean.parseBoolean(System.getProperty(LOOPBACK, properties.getProperty(LOOPBACK))), open(file));
    }

    private static String required(Properties properties, String name, Path file) {
        return Optional.ofNullable(properties.getProperty(name)).map(String::strip).filter(value -> !value.isEmpty())
                .orElseThrow(() -> new MisuseException(
                        "In " + file + " ontbreekt " + name + ". Zet het erin en probeer opnieuw."));
    }

    private static boolean open(Path file) {
        try {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null) {
                return false;
            }
            var others = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
            others.retainAll(view.readAttributes().permissions());
            return !others.isEmpty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Without the password, which must not reach a log. */
    @Override
    public String toString() {
        return "Settings[" + databaseUrl + ", " + user + "]";
    }
}
