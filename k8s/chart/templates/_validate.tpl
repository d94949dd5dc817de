{{/* The faults of the values, in sentences, as a JSON array. */}}
{{- define "comms.faults" -}}
{{- $faults := include "comms.commonFaults" . | fromJsonArray -}}
{{- range $app, $daemon := include "comms.daemons" . | fromJson -}}
{{- $scope := dict "root" $ "app" $app "daemon" $daemon -}}
{{- range list "comms.sourceFaults" "comms.propertyFaults" "comms.outboxFaults" "comms.scalingFaults" -}}
{{- $faults = concat $faults (include . $scope | fromJsonArray) -}}
{{- end -}}
{{- end -}}
{{- $faults | toJson -}}
{{- end -}}

{{- define "comms.commonFaults" -}}
{{- $faults := list -}}
{{- if eq .Values.image.tag "latest" -}}
{{- $faults = append $faults "image.tag is latest: name a version, or a digest for each daemon, so that all pods run the same." -}}
{{- end -}}
{{- if not (include "comms.daemons" . | fromJson) -}}
{{- $faults = append $faults "No daemon is enabled: there would be nothing to install." -}}
{{- end -}}
{{- range $name, $job := dict "migration" .Values.migration "months" .Values.months -}}
{{- if and $job.enabled (not $job.datasourceUrl) (not (hasKey $.Values.secrets "comms.datasource.url")) (not (hasKey $.Values.properties "comms.datasource.url")) -}}
{{- $faults = append $faults (printf "%s has no database: set %s.datasourceUrl or secrets[comms.datasource.url], or switch it off." $name $name) -}}
{{- end -}}
{{- end -}}
{{- $retention := .Values.months.retention -}}
{{- if and $retention (not (regexMatch "^(([3-9][0-9]|[1-9][0-9]{2,3}) days|[1-9][0-9]{0,2} (month|year)s?)$" $retention)) -}}
{{- $faults = append $faults (printf "months.retention is %s: it must be a whole number of days, months or years, a month at least, such as 12 months." $retention) -}}
{{- end -}}
{{- $interval := include "comms.milliseconds" .Values.serviceMonitor.interval -}}
{{- $timeout := include "comms.milliseconds" .Values.serviceMonitor.scrapeTimeout -}}
{{- if and $interval $timeout (gt (int64 $timeout) (int64 $interval)) -}}
{{- $faults = append $faults (printf "serviceMonitor.scrapeTimeout is %s, longer than serviceMonitor.interval, which is %s." .Values.serviceMonitor.scrapeTimeout .Values.serviceMonitor.interval) -}}
{{- end -}}
{{- $faults | toJson -}}
{{- end -}}

{{/* Properties that must be set. The ConfigMaps of propertiesFrom may set any of them. */}}
{{- define "comms.sourceFaults" -}}
{{- $faults := list -}}
{{- $daemon := .daemon -}}
{{- $needed := list "comms.datasource.url" -}}
{{- $toFile := eq (index $daemon.effective "comms.sms.monitor.extract.to.type" | default "queue") "file" -}}
{{- if and (has "comms.broker.url" $daemon.keys) (not $toFile) -}}{{- $needed = append $needed "comms.broker.url" -}}{{- end -}}
{{- range $key := $needed -}}
{{- if not (or (hasKey $daemon.secrets $key) (hasKey $daemon.effective $key) $.root.Values.propertiesFrom) -}}
{{- $faults = append $faults (printf "%s needs %s: name the Secret that holds it in secrets." $.app $key) -}}
{{- end -}}
{{- end -}}
{{- range $key, $secret := $daemon.secrets -}}
{{- if hasKey $daemon.effective $key -}}
{{- $faults = append $faults (printf "%s gets %s from a Secret and from properties: keep one of them." $.app $key) -}}
{{- end -}}
{{- end -}}
{{- $faults | toJson -}}
{{- end -}}

{{- define "comms.propertyFaults" -}}
{{- $faults := list -}}
{{- $daemon := .daemon -}}
{{- $drain := index $daemon.effective "comms.shutdown.drain-limit" | default "25s" -}}
{{- with include "comms.milliseconds" $drain -}}
{{- if le (mul $daemon.terminationGracePeriodSeconds 1000) (add . 3000) -}}
{{- $faults = append $faults (printf "terminationGracePeriodSeconds of %s is %d: it must be longer than comms.shutdown.drain-limit (%s) and 3 seconds, or a batch in hand is killed." $.app (int $daemon.terminationGracePeriodSeconds) $drain) -}}
{{- end -}}
{{- end -}}
{{- $host := index $daemon.effective "comms.health.host" | default "" -}}
{{- if has $host (list "127.0.0.1" "localhost" "::1") -}}
{{- $faults = append $faults (printf "comms.health.host of %s is %s: the probes come from outside the pod. Leave it out." $.app $host) -}}
{{- end -}}
{{- range $key, $value := $daemon.effective -}}
{{- if and (hasSuffix ".encryption.enabled" $key) (eq (toString $value) "true") -}}
{{- $file := printf "%s.key-file" (trimSuffix ".enabled" $key) -}}
{{- if not (or (hasKey $daemon.effective $file) (hasKey $daemon.secrets $file) $.root.Values.propertiesFrom) -}}
{{- $faults = append $faults (printf "%s of %s is true without %s: mount the key with mounts and name its path." $key $.app $file) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $faults | toJson -}}
{{- end -}}

{{- define "comms.outboxFaults" -}}
{{- $faults := list -}}
{{- $daemon := .daemon -}}
{{- $outbox := $daemon.outbox -}}
{{- $type := index $daemon.effective "comms.sms.monitor.extract.to.type" | default "queue" -}}
{{- $folder := index $daemon.effective "comms.sms.monitor.extract.to.dirname" | default "" -}}
{{- if and (eq $type "file") (not $folder) (not .root.Values.propertiesFrom) -}}
{{- $faults = append $faults (printf "comms.sms.monitor.extract.to.type of %s is file without comms.sms.monitor.extract.to.dirname." .app) -}}
{{- end -}}
{{- if and (eq $type "file") $folder (not (and $outbox.enabled (hasPrefix (printf "%s/" $outbox.path) (printf "%s/" $folder)))) -}}
{{- $faults = append $faults (printf "comms.sms.monitor.extract.to.dirname of %s is %s, which is on no volume: files there would be lost with the pod. Enable its outbox, whose path is %s." .app $folder $outbox.path) -}}
{{- end -}}
{{- if and $outbox.enabled (not (has "comms.sms.monitor.extract.to.dirname" $daemon.keys)) -}}
{{- $faults = append $faults (printf "outbox of %s is enabled, but it writes no files." .app) -}}
{{- end -}}
{{- if and $daemon.single (or (gt (int $daemon.replicas) 1) $daemon.autoscaling.enabled) -}}
{{- $faults = append $faults (printf "%s has an outbox that is %s, so it can have only one pod: set replicas to 1 and autoscaling off, or give it a ReadWriteMany volume." .app $outbox.accessMode) -}}
{{- end -}}
{{- $faults | toJson -}}
{{- end -}}

{{- define "comms.scalingFaults" -}}
{{- $faults := list -}}
{{- $scaling := .daemon.autoscaling -}}
{{- if $scaling.enabled -}}
{{- if not $scaling.method -}}
{{- $faults = append $faults (printf "autoscaling of %s has no method: it has no rows to count." .app) -}}
{{- end -}}
{{- if not .root.Values.autoscalerDatasourceUrl -}}
{{- $faults = append $faults (printf "autoscaling of %s needs autoscalerDatasourceUrl, the Secret with the connection of a read-only role." .app) -}}
{{- end -}}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) -}}
{{- $faults = append $faults (printf "autoscaling of %s has minReplicas %d above maxReplicas %d." .app (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
{{- end -}}
{{- end -}}
{{- $faults | toJson -}}
{{- end -}}
