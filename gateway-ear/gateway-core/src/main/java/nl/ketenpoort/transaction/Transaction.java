package nl.ketenpoort.transaction;

import java.util.function.Supplier;

/**
 * Everything the work changes is kept, or nothing is.
 *
 * <p>
 * The work runs on the calling thread, once. When it returns, its changes are durable before {@link #inOne} returns;
 * when it throws, or the changes cannot be made durable, none of them is kept and {@link #inOne} throws. A transaction
 * inside a transaction is refused.
 */
public interface Transaction {

    <T> T inOne(Supplier<T> work);
}
