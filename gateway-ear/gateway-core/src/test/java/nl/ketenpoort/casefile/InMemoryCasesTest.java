package nl.ketenpoort.casefile;

import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.Transaction;

class InMemoryCasesTest implements CaseFilesContract {

    private final InMemoryCases cases = new InMemoryCases();
    private final Transaction transaction = new InMemoryTransaction(cases);

    @Override
    public CaseFiles cases() {
        return cases;
    }

    @Override
    public Transaction transaction() {
        return transaction;
    }
}
