package nl.ketenpoort.partnerclient;

/** What became of a message: the gateway has it, or refuses it; both signed by the gateway. */
public sealed interface SendResult permits Receipt, Refused {}
