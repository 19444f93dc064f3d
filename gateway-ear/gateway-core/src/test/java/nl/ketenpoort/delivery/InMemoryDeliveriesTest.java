package nl.ketenpoort.delivery;

import nl.ketenpoort.acceptance.InMemoryMessages;
import nl.ketenpoort.acceptance.MessageStore;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.InMemoryCases;
import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.SettableCaseTime;
import nl.ketenpoort.transaction.Transaction;

class InMemoryDeliveriesTest implements DeliveryStoreContract {

    private final InMemoryCases cases = new InMemoryCases();
    private final InMemoryMessages messages = new InMemoryMessages();
    private final InMemoryDeliveries deliveries = new InMemoryDeliveries(messages::ofMessage,
            messages::permitted, new SettableCaseTime());
    private final Transaction transaction = new InMemoryTransaction(cases, messages, deliveries);

    @Override
    public DeliveryStore deliveries() {
        return deliveries;
    }

    @Override
    public DeliveryLanes lanes() {
        return deliveries;
    }

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
