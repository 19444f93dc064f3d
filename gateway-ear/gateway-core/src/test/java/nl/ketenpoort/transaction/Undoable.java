package nl.ketenpoort.transaction;

/** A store in memory that can be put back. */
public interface Undoable {

    /**
     * Remembers how it is now.
     *
     * @return puts it back
     */
    Runnable remember();
}
