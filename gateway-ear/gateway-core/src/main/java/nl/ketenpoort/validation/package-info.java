/** From a verified message to a valid one: envelope and content keep their schema and every named constraint. */
package nl.ketenpoort.validation;
