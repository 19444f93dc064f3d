-- The server's role may change nothing of the shape, adds to the audit records and never alters them, and only reads
-- the register of partners.
GRANT USAGE ON SCHEMA ketenpoort TO ketenpoort_server;
GRANT SELECT ON register_version, organisation, organisation_function, intermediary, endpoint, agreement,
    agreement_party TO ketenpoort_server;
GRANT SELECT, INSERT, UPDATE ON case_file, case_party, case_person, case_protection, consent, message, delivery,
    delivery_lane TO ketenpoort_server;
GRANT SELECT, INSERT ON case_requested_party, case_key, certificate, decision, audit_record, message_claim TO ketenpoort_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON endpoint_backoff, scheduled_tasks TO ketenpoort_server;
