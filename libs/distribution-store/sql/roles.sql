-- The least rights under which the daemons work, column by column. Run as the owner of the tables after each
-- `npm run db:migrate`; to run it again changes nothing. For a schema other than public, put
-- `SET search_path TO <schema>;` in front. Then make a login for each daemon and grant it its role:
--   CREATE ROLE push_to_handset LOGIN PASSWORD '…' IN ROLE comms_delivery;   -- and sms_to_handset, extract_generic
--   CREATE ROLE comms_monitor_1 LOGIN PASSWORD '…' IN ROLE comms_monitor;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['comms_delivery', 'comms_monitor'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- roles belong to all databases of a server, and another run was faster
    END;
  END LOOP;
  -- A role that may not use a schema can name no table of it.
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO comms_delivery, comms_monitor', current_schema());
END
$$;

-- push-to-handset, sms-to-handset, extract-generic: claim rows, and write what became of them.
GRANT
  SELECT (
    comms_request_target_distribution_id, comms_request_id, comms_code, delivery_method, target, alias_value, priority,
    message, time_exclusion, distribution_status, created_date_time, sent_date_time, published_date_time,
    sending, lapsed_date_time, retry_count, distribution_reference
  ),
  UPDATE (
    distribution_status, sent_date_time, published_date_time, sending, retry_date_time, retry_count, error_code,
    error_text, distribution_reference, audit_time_stamp, audit_process, audit_user
  )
ON comms_request_target_distribution TO comms_delivery;

GRANT
  SELECT (comms_put_announcement_id, delivery_method, distribution_ids),
  INSERT (delivery_method, distribution_ids, audit_time_stamp, audit_process),
  UPDATE (distribution_ids),
  DELETE
ON comms_put_announcement TO comms_delivery;

-- What is set aside is released by an operator alone: no right to delete.
GRANT
  SELECT (comms_request_target_distribution_id, delivery_method, set_aside_date_time),
  INSERT (
    comms_request_target_distribution_id, delivery_method, message_put, error_code, error_text, set_aside_date_time,
    audit_time_stamp, audit_process, audit_user
  )
ON comms_set_aside TO comms_delivery;

-- comms-monitor: makes entries from targets and marks those, publishes ONLINE rows, releases retries, marks lapsed rows.
GRANT
  SELECT (
    comms_request_target_id, comms_request_id, comms_code, delivery_method, target, alias_value, priority, message,
    time_exclusion, merge_date_time, distribution_entry_date_time
  ),
  UPDATE (distribution_entry_date_time)
ON comms_request_target TO comms_monitor;

GRANT
  SELECT (
    comms_request_target_distribution_id, comms_request_target_id, delivery_method, priority, time_exclusion,
    distribution_status, created_date_time, retry_date_time, lapsed_date_time
  ),
  INSERT (
    comms_request_target_id, comms_request_id, comms_code, delivery_method, target, alias_value, priority, message,
    time_exclusion, distribution_status, published_date_time, created_date_time, audit_time_stamp, audit_process,
    audit_user
  ),
  UPDATE (
    distribution_status, published_date_time, retry_date_time, lapsed_date_time, error_code, error_text,
    audit_time_stamp, audit_process, audit_user
  )
ON comms_request_target_distribution TO comms_monitor;

GRANT SELECT (comms_request_target_distribution_id, delivery_method) ON comms_set_aside TO comms_monitor;
