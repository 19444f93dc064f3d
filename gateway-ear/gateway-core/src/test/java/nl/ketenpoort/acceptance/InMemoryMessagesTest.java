package nl.ketenpoort.acceptance;

import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.InMemoryCases;
import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.Transaction;

class InMemoryMessagesTest implements MessageStoreContract {

    private final InMemoryCases cases = new InMemoryCases();
    private final InMemoryMessages messages = new InMemoryMessages();
    private final Transaction transaction = new InMemoryTransaction(cases, messages);

    @Override
    public MessageStore messages() {
        return messages;
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
