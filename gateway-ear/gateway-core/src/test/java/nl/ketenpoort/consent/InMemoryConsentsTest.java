package nl.ketenpoort.consent;

import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.InMemoryCases;
import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.Transaction;

class InMemoryConsentsTest implements ConsentRegisterContract {

    private final InMemoryCases cases = new InMemoryCases();
    private final InMemoryConsents consents = new InMemoryConsents();
    private final Transaction transaction = new InMemoryTransaction(cases, consents);

    @Override
    public ConsentRegister consents() {
        return consents;
    }

    @Override
    public CaseFiles cases() {
        return cases;
    }

    @Override
    public Transaction transaction() {
        return transaction;
    }
}
