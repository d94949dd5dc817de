-- Lets the daemons with `….wake-up=true` look for work as soon as rows are committed, and not only at their next
-- beat. Run as the owner of the tables, after `npm run db:migrate`; for a schema other than public, put
-- `SET search_path TO <schema>;` in front. May be run again. To undo it:
--   DROP TRIGGER comms_wake_up ON comms_request_target; DROP TRIGGER comms_wake_up ON comms_request_target_distribution;
--   DROP FUNCTION comms_wake_up_monitor(); DROP FUNCTION comms_wake_up_delivery();
--
-- One notification per statement and delivery method, whatever the number of rows. It slows inserts, because
-- transactions that notify commit one at a time and share no sync of the disk: eight sessions at once that commit single
-- rows were measured at 0.4 to 0.5 of their rows per second without the triggers, one session and statements of 1,000
-- rows at 0.8 to 1 (`npm run bench -- --only wakeUpCost`). Where many sessions commit hundreds of small transactions per second,
-- polling alone is the better choice.

CREATE OR REPLACE FUNCTION comms_wake_up_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('comms_awaiting_' || lower(delivery_method), '')
    FROM arrived WHERE distribution_status = 'D' GROUP BY delivery_method;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER comms_wake_up AFTER INSERT ON comms_request_target_distribution
  REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION comms_wake_up_delivery();

CREATE OR REPLACE FUNCTION comms_wake_up_monitor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NOTIFY comms_merged;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER comms_wake_up AFTER INSERT OR UPDATE OF merge_date_time ON comms_request_target
  FOR EACH STATEMENT EXECUTE FUNCTION comms_wake_up_monitor();
