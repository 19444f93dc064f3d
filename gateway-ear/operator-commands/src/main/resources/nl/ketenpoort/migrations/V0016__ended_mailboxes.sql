-- A server that starts without its database does not make this task, and nothing would tell.
INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
VALUES ('ended-mailboxes', 'recurring', now(), false, 1) ON CONFLICT DO NOTHING;
