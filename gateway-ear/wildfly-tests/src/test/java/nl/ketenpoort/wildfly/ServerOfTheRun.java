package nl.ketenpoort.wildfly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

import nl.ketenpoort.localstack.LocalStack;
import nl.ketenpoort.localstack.process.Ports;
import nl.ketenpoort.localstack.server.Distribution;
import nl.ketenpoort.operator.Migrate;

/**
 * The server that Arquillian deploys to, with its database and certificates, and nothing deployed yet. It is there
 * before Arquillian reads its configuration, and ends with the run.
 */
public final class ServerOfTheRun implements LauncherSessionListener {

    private static LocalStack stack;

    /** The stack of this run. */
    static LocalStack stack() {
        return stack;
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Started with the first test plan that is executed, not with one that is only looked at.
        session.getLauncher().registerTestExecutionListeners(new TestExecutionListener() {

            @Override
            public void testPlanExecutionStarted(TestPlan plan) {
                if (stack == null && plan.containsTests()) {
                    start();
                }
            }
        });
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (stack != null) {
            stack.close();
            stack = null;
        }
    }

    private static void start() {
        int port = Ports.free();
        stack = LocalStack.inDirectory(freshDirectory())
                .with("ketenpoort.policies.directory", Distribution.checkout().resolve("policies").toString())
                .with("ketenpoort.endpoints", "https://localhost:" + port + "/ketenpoort/v1/berichten")
                .preparingDatabase(database -> Migrate.apply(database.jdbcUrl(), database.owner().user(),
                        database.owner().password()));
        stack.server().onPartnersPort(port).configuredBy(
                Distribution.checkout().resolve("gateway-ear/wildfly-tests/src/test/wildfly/jmx-for-arquillian.cli"));
        stack.start();
        System.setProperty("ketenpoort.test.server-home", Distribution.ofThisCheckout().home().toString());
        System.setProperty("ketenpoort.test.management-port", Integer.toString(stack.server().managementPort()));
    }

    private static Path freshDirectory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "stacks")), "stack-");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
