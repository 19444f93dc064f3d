package nl.ketenpoort.acceptancetests;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sees every file that is made in a folder and in those that are in it, also one that is gone a moment later. */
final class FilesCreated implements AutoCloseable {

    private static final int LONGEST_SECONDS = 20;

    private final Path folder;
    private final WatchService watching;
    private final Map<Object, Path> watched = new HashMap<>();

    private FilesCreated(Path folder) throws IOException {
        this.folder = folder;
        this.watching = folder.getFileSystem().newWatchService();
    }

    static FilesCreated in(Path folder) {
        try {
            var created = new FilesCreated(folder);
            try (Stream<Path> all = Files.walk(folder)) {
                for (var directory : all.filter(Files::isDirectory).toList()) {
                    created.watched.put(directory.register(created.watching, ENTRY_CREATE), directory);
                }
            }
            return created;
        } catch (IOException unwatchable) {
            throw new UncheckedIOException(unwatchable);
        }
    }

    /** All of them until now; a file of its own, which comes last, shows that nothing was missed. */
    List<Path> untilNow() {
        try {
            var last = Files.createTempFile(folder, "last-", ".seen");
            Files.delete(last);
            var found = new ArrayList<Path>();
            while (!found.contains(last)) {
                var key = watching.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
                if (key == null) {
                    throw new AssertionError("what happens in " + folder + " is not seen");
                }
                for (var event : key.pollEvents()) {
                    if (event.kind() == OVERFLOW) {
                        throw new AssertionError("too much happens in " + folder + " to be seen");
                    }
                    found.add(watched.get(key).resolve((Path) event.context()));
                }
                key.reset();
            }
            found.remove(last);
            return found;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        try {
            watching.close();
        } catch (IOException unclosable) {
            throw new UncheckedIOException(unclosable);
        }
    }
}
