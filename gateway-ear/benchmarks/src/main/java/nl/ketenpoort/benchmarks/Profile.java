package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a server's processor time goes, from the execution samples of a flight recording: by the library that does the
 * work, and by the step of the gateway on whose behalf it is done. Time inside the database and inside native code
 * (Cedar) is not in it.
 */
final class Profile {

    /** Longest prefix wins; what is not named goes by its first three parts. */
    private static final Map<String, String> WORK = Map.ofEntries(Map.entry("sun.security.rsa", "RSA"),
            Map.entry("java.math", "RSA"), Map.entry("sun.security.ssl", "TLS"),
            Map.entry("com.sun.crypto.provider", "AES"),
            Map.entry("sun.security.provider", "digests, random, certificates"),
            Map.entry("sun.security", "digests, random, certificates"),
            Map.entry("java.security", "digests, random, certificates"),
            Map.entry("javax.crypto", "AES"),
            Map.entry("org.apache.xml.security", "Santuario: canonical form, signatures"),
            Map.entry("org.apache.jcp", "Santuario: canonical form, signatures"),
            Map.entry("org.jcp.xml", "JDK: XML signature"), Map.entry("javax.xml.crypto", "JDK: XML signature"),
            Map.entry("javax.xml", "XML: parsing, DOM, schema"), Map.entry("jdk.jfr", "the recording itself"),
            Map.entry("org.apache.wss4j", "WSS4J"), Map.entry("org.apache.cxf", "CXF"),
            Map.entry("org.apache.xerces", "XML: parsing, DOM, schema"),
            Map.entry("com.sun.org.apache.xerces", "XML: parsing, DOM, schema"),
            Map.entry("com.sun.org.apache.xml", "XML: parsing, DOM, schema"),
            Map.entry("com.sun.org.apache.xalan", "XML: parsing, DOM, schema"),
            Map.entry("com.ctc.wstx", "XML: parsing, DOM, schema"),
            Map.entry("org.codehaus.stax2", "XML: parsing, DOM, schema"),
            Map.entry("com.sun.xml", "XML: SAAJ, JAXB"), Map.entry("org.postgresql", "PostgreSQL driver"),
            Map.entry("org.jdbi", "Jdbi"), Map.entry("org.jboss.jca", "data source and transactions"),
            Map.entry("com.arjuna", "data source and transactions"),
            Map.entry("org.wildfly.transaction", "data source and transactions"),
            Map.entry("com.cedarpolicy", "Cedar"), Map.entry("com.fasterxml.jackson", "Cedar: JSON"),
            Map.entry("io.undertow", "Undertow, XNIO"), Map.entry("org.xnio", "Undertow, XNIO"),
            Map.entry("org.jboss", "WildFly, other"), Map.entry("org.wildfly", "WildFly, other"),
            Map.entry("com.github.kagkarlsson", "db-scheduler"), Map.entry("nl.ketenpoort", "Ketenpoort itself"));

    private final Map<String, Integer> byWork = new HashMap<>();
    private final Map<String, Integer> byStep = new HashMap<>();
    private int samples;

    private Profile() {}

    static Profile of(Path recording) {
        var profile = new Profile();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    profile.count(event.getStackTrace().getFrames());
                }
            }
            return profile;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void count(List<RecordedFrame> frames) {
        samples++;
        var names = frames.stream().filter(RecordedFrame::isJavaFrame)
                .map(frame -> frame.getMethod().getType().getName())
                .toList();
        // A copy of an array or a hash table is work of whoever called for it.
        var work = names.stream().filter(name -> !isPlain(name)).findFirst().map(Profile::work).orElse("JDK, other");
        var step = names.stream().filter(name -> name.startsWith("nl.ketenpoort.")).findFirst()
                .map(Profile::packageOf).orElse("(before or after Ketenpoort: server, TLS, scheduler)");
        byWork.merge(work, 1, Integer::sum);
        byStep.merge(step, 1, Integer::sum);
    }

    private static boolean isPlain(String name) {
        return name.startsWith("java.lang.") || name.startsWith("java.util.") || name.startsWith("java.io.")
                || name.startsWith("java.nio.") || name.startsWith("java.net.") || name.startsWith("java.time.")
                || name.startsWith("java.text.") || name.startsWith("jdk.internal.") || name.startsWith("sun.nio.");
    }

    private static String work(String name) {
        Optional<String> known = WORK.keySet().stream().filter(name::startsWith)
                .max(Comparator.comparingInt(String::length));
        return known.map(WORK::get).orElseGet(() -> List.of(name.split("\\.", -1)).stream().limit(3)
                .collect(Collectors.joining(".")));
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Two tables. */
    void print(PrintStream out, double cpuMillisPerMessage) {
        out.printf("%nProfile of the server, %d samples; milliseconds are its share of %.2f ms a message%n", samples,
                cpuMillisPerMessage);
        table(out, "who does the work", byWork, cpuMillisPerMessage);
        table(out, "for which step", byStep, cpuMillisPerMessage);
    }

    /** What the threads of the server used in the window of the profile, compiler and collector too. */
    static void printThreads(PrintStream out, Map<String, Long> before, Map<String, Long> after, int messages) {
        out.printf("%nThreads of the server in that window, milliseconds a message%n");
        after.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() - before.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(14).forEach(entry -> out
                        .printf("  %-62s %17.3f%n", entry.getKey(), (double) entry.getValue() / messages));
    }

    private void table(PrintStream out, String title, Map<String, Integer> counted, double millis) {
        out.printf("  %-62s %7s %9s%n", title, "share", "ms");
        counted.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(22)
                .forEach(entry -> out.printf("  %-62s %6.1f%% %9.3f%n", entry.getKey(),
                        100.0 * entry.getValue() / samples, millis * entry.getValue() / samples));
    }
}
