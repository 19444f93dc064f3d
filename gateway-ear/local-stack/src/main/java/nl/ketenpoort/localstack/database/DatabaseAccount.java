package nl.ketenpoort.localstack.database;

/** A role of the database and its password. */
public record DatabaseAccount(String user, String password) {

    /** Without the password, which must not reach a log. */
    @Override
    public String toString() {
        return "DatabaseAccount[" + user + "]";
    }
}
