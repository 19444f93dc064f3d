package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is written on purpose ({@code -Dmatrix.schrijven=true}) and compared otherwise. */
final class Golden {

    private Golden() {}

    static void holds(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("matrix.schrijven")) {
            Files.writeString(file, actual);
        }
        assertThat(file).as("Written with -Dmatrix.schrijven=true").exists();
        assertThat(actual).as("%s as it was approved; approve a change with -Dmatrix.schrijven=true",
                file.getFileName()).isEqualTo(Files.readString(file));
    }
}
