package nl.ketenpoort.signature;

import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.SignatureVerification.Correspondent;

/**
 * Signs what the gateway answers, and encrypts it to the certificate of the request once its signer is established
 * (WB012); confirms the signatures of the request (WB014). An answer is never sent unsigned.
 */
public interface AnswerSealing {

    /**
     * An answer.
     *
     * @param to whom
     * @param operation which operation is answered
     * @param body the one element of the Body, UTF-8
     * @return a SOAP 1.1 envelope, UTF-8
     */
    byte[] seal(Correspondent to, Operation operation, byte[] body);

    /**
     * A fault.
     *
     * @param to whom
     * @param refusal why; becomes faultcode and faultstring
     * @param detail the element {@code fout}, UTF-8
     * @return a SOAP 1.1 envelope, UTF-8
     */
    byte[] sealFault(Correspondent to, Refusal refusal, byte[] detail);
}
