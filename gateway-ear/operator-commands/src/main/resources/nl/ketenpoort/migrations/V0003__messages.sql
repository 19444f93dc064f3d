CREATE TABLE message_claim (
    sender      char(20) NOT NULL,
    message_id  text     NOT NULL,
    body_digest bytea    NOT NULL,
    PRIMARY KEY (sender, message_id)
);
COMMENT ON TABLE message_claim IS 'A MessageID is bound to its content as long as the audit record is kept.';

CREATE TABLE certificate (
    digest      bytea       PRIMARY KEY,
    der         bytea       NOT NULL,
    verified_at timestamptz NOT NULL
);
COMMENT ON TABLE certificate IS 'Certificates that signed accepted messages, once each.';

CREATE TABLE message (
    sender           char(20)    NOT NULL,
    message_id       text        NOT NULL,
    case_id          uuid        NOT NULL REFERENCES case_file,
    type_name        text        NOT NULL,
    type_version     integer     NOT NULL,
    sender_function  text        NOT NULL,
    phase            text        NOT NULL,
    urgent           boolean     NOT NULL,
    safety_effect    boolean     NOT NULL,
    reference        text,
    received_at      timestamptz NOT NULL,
    digest           bytea       NOT NULL,
    salt             bytea       NOT NULL,
    audit_leaf       bytea       NOT NULL,
    certificate      bytea       NOT NULL REFERENCES certificate,
    bundle           text        NOT NULL,
    key_wrapped      bytea,
    envelope         bytea,
    receipt          bytea       NOT NULL,
    PRIMARY KEY (sender, message_id),
    FOREIGN KEY (sender, message_id) REFERENCES message_claim
);
CREATE INDEX message_of_case ON message (case_id, message_id);
COMMENT ON COLUMN message.envelope IS 'The decrypted SOAP envelope as the sender signed it, AES-256-GCM under the message key.';
COMMENT ON COLUMN message.key_wrapped IS 'The message key under the case key. Erasure empties both columns.';

CREATE TABLE decision (
    sender     char(20) NOT NULL,
    message_id text     NOT NULL,
    position   integer  NOT NULL,
    oin        char(20) NOT NULL,
    function   text     NOT NULL,
    purpose    text     NOT NULL,
    outcome    text     NOT NULL,
    code       text,
    omitted    text[]   NOT NULL,
    rulings    jsonb    NOT NULL,
    PRIMARY KEY (sender, message_id, position),
    FOREIGN KEY (sender, message_id) REFERENCES message
);
COMMENT ON COLUMN decision.rulings IS 'Per category and person the outcome and the ids of the policies that determined it.';
