/** What operators see of the running gateway: never content, a name or a BSN. */
package nl.ketenpoort.operations;
