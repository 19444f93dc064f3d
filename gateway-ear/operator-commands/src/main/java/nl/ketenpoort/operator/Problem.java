package nl.ketenpoort.operator;

/**
 * Something in a file of partners that keeps it from being applied.
 *
 * @param line line in the file, from 1; 0 for the file as a whole
 * @param what what is wrong, in Dutch
 * @param remedy what to do about it, in Dutch
 */
public record Problem(int line, String what, String remedy) {

    @Override
    public String toString() {
        return (line > 0 ? "regel " + line + ": " : "") + what + " " + remedy;
    }
}
