{{/*
Rows of the daemon's method that may be distributed now. It reads columns of one index, and counts no further than the
most pods would need.
*/}}
{{- define "comms.backlogQuery" -}}
{{- $schema := index .effective "comms.datasource.schema" | default "public" -}}
{{- $after := eq (index .effective "comms.time-exclusion.mode" | default "send-before") "send-after" -}}
SELECT count(*) FROM (SELECT FROM "{{ $schema }}".comms_request_target_distribution
WHERE delivery_method = '{{ .autoscaling.method }}' AND distribution_status = 'D' AND lapsed_date_time IS NULL
AND {{ $after | ternary "coalesce(time_exclusion, '-infinity'::timestamptz) <= now()" "coalesce(time_exclusion, 'infinity'::timestamptz) >= now()" }}
LIMIT {{ mul .autoscaling.rowsPerReplica .autoscaling.maxReplicas }}) AS waiting
{{- end -}}
