package nl.ketenpoort.simulators;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A simulated partner as a process: {@code SimulatorMain CONFIGURATION}. Prints one line when it is ready,
 * {@code READY control=URI delivery=URI}, and runs until {@code POST /stop} or a signal.
 */
public final class SimulatorMain {

    private SimulatorMain() {}

    /**
     * Runs until stopped.
     *
     * @param arguments the path of one configuration file
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            System.err.println("Usage: SimulatorMain CONFIGURATION");
            System.exit(2);
        }
        var stopped = new CountDownLatch(1);
        Configuration configuration = Configuration.read(Path.of(arguments[0]));
        try (Simulator simulator = Simulator.start(configuration);
                var control = new ControlServer(simulator, configuration.controlPort(), stopped::countDown)) {
            System.out.println("READY control=" + control.address() + " delivery="
                    + simulator.deliveryAddress().map(Object::toString).orElse("none"));
            stopped.await();
        }
    }
}
