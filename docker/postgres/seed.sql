-- Sample comms as the systems upstream leave them: 200, of all methods. Numbers and names are invented.
-- They are inserted once: a second run finds them and changes nothing.
BEGIN;
SELECT count(*) > 0 AS is_there FROM comms_request_target WHERE comms_code LIKE 'DEMO-%'
\gset
\if :is_there
\echo 'The sample comms are there already.'
\else
WITH comm AS (
  SELECT n, (ARRAY['PUSH', 'SMS', 'EXTERNAL', 'PUSH', 'ONLINE', 'SMS', 'PUSH', 'SMS', 'EXTERNAL', 'PUSH'])[n % 10 + 1] AS method
  FROM generate_series(0, 199) AS n
)
INSERT INTO comms_request_target
  (comms_request_id, comms_code, delivery_method, target, alias_value, priority, message, time_exclusion, merge_date_time)
SELECT
  1000 + n,
  (ARRAY['DEMO-BILL', 'DEMO-DATA', 'DEMO-CODE'])[n % 3 + 1],
  method,
  CASE method
    WHEN 'PUSH' THEN 'demo-handset-' || n
    WHEN 'SMS' THEN '+447700900' || lpad(n::text, 3, '0')
    WHEN 'EXTERNAL' THEN 'EXT-' || n
    ELSE 'account-' || n
  END,
  'Example Mobile',
  (ARRAY[2, 2, 3, 2, 1])[n % 5 + 1],
  -- Some have no text, which no later try can change: those become E.
  CASE WHEN n % 40 <> 7 THEN
    (ARRAY[
      'Your bill of £42.50 is ready. We will collect it on the 28th.',
      'Sie haben 80 % Ihres Datenvolumens verbraucht 📶.',
      '验证码是 493817，请勿告诉任何人。'
    ])[n % 3 + 1]
  END,
  -- Some have a time exclusion that has passed: they are never sent, and stay D, marked as lapsed.
  CASE WHEN n % 20 = 11 THEN now() - interval '1 hour' WHEN n % 20 = 13 THEN now() + interval '1 day' END,
  now()
FROM comm;
-- Upstream may also write the distribution row itself; the suite does not handle other methods.
INSERT INTO comms_request_target_distribution
  (comms_request_id, comms_code, delivery_method, target, priority, message, distribution_status)
VALUES
  (2001, 'DEMO-VISIT', 'PUSH', 'demo-handset-2001', 1, 'Our engineer calls between 8 and 12.', 'D'),
  (2002, 'DEMO-VISIT', 'SMS', '+447700900201', 1, 'Our engineer calls between 8 and 12.', 'D'),
  (2003, 'DEMO-UNTOUCHED', 'EMAIL', 'amelia@example.com', 2, 'Not for these daemons.', 'D'),
  (2004, 'DEMO-UNTOUCHED', 'LETTER', '1 Example Street', 2, 'Not for these daemons.', 'D');
\endif
COMMIT;
