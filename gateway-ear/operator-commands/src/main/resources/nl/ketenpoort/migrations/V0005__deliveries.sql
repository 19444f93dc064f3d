CREATE TABLE delivery_lane (
    lane          text   PRIMARY KEY,
    next_sequence bigint NOT NULL
);
COMMENT ON TABLE delivery_lane IS 'Order is kept per case, receiver in its function, and urgency.';

CREATE TABLE delivery (
    id               uuid        PRIMARY KEY,
    lane             text        NOT NULL REFERENCES delivery_lane,
    sequence         bigint      NOT NULL,
    sender           char(20)    NOT NULL,
    message_id       text        NOT NULL,
    case_id          uuid        NOT NULL REFERENCES case_file,
    receiver         char(20)    NOT NULL REFERENCES organisation,
    function         text        NOT NULL,
    purpose          text        NOT NULL,
    urgent           boolean     NOT NULL,
    phase            text        NOT NULL,
    state            text        NOT NULL
        CHECK (state IN ('WAITING', 'SENDING', 'MAILBOX', 'DISCLOSED', 'DELIVERED', 'PARKED', 'CANCELLED')),
    since            timestamptz NOT NULL,
    attempts         integer     NOT NULL DEFAULT 0,
    code             text,
    delivered_digest bytea,
    delivered_salt   bytea,
    about            uuid        REFERENCES delivery,
    UNIQUE (lane, sequence),
    FOREIGN KEY (sender, message_id) REFERENCES message
);
COMMENT ON COLUMN delivery.about IS 'A notice to the sender: the delivery that was cancelled or parked.';
CREATE INDEX delivery_open ON delivery (lane, sequence) WHERE state IN ('WAITING', 'SENDING');
CREATE INDEX delivery_in_mailbox ON delivery (receiver, function, urgent DESC, since, sequence)
    WHERE state IN ('MAILBOX', 'DISCLOSED');
CREATE INDEX delivery_of_message ON delivery (sender, message_id);

CREATE TABLE endpoint_backoff (
    oin      char(20)    NOT NULL,
    function text        NOT NULL,
    failures integer     NOT NULL,
    retry_at timestamptz NOT NULL,
    PRIMARY KEY (oin, function)
);

-- Durable tasks, in the shape that db-scheduler 16 wants.
CREATE TABLE scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
CREATE INDEX scheduled_tasks_priority ON scheduled_tasks (priority DESC, execution_time ASC);
