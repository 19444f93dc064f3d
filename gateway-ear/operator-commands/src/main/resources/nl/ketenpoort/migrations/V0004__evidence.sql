CREATE TABLE audit_record (
    sequence   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         uuid        NOT NULL UNIQUE,
    kind       text        NOT NULL,
    at         timestamptz NOT NULL,
    case_id    uuid,
    sender     char(20),
    message_id text,
    facts      jsonb       NOT NULL,
    salt       bytea       NOT NULL,
    leaf       bytea       NOT NULL
);
CREATE INDEX audit_of_case ON audit_record (case_id, sequence);
CREATE INDEX audit_of_message ON audit_record (sender, message_id);
COMMENT ON TABLE audit_record IS 'Only ever added to: the server may INSERT and SELECT.';
