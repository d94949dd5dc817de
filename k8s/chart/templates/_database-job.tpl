{{/*
The specification of a job that ends by itself, with the properties and secrets of the database alone. Takes
(root, name, args, job), and serviceAccountName where the account is there before the job.
*/}}
{{- define "comms.databaseJob" -}}
{{- $names := dict "root" .root "component" .name -}}
{{- $daemon := mergeOverwrite (deepCopy .root.Values.daemonDefaults) (index .root.Values.daemons "comms-monitor" | default dict) -}}
{{- $secrets := dict -}}
{{- range $key, $value := .root.Values.secrets -}}
{{- if hasPrefix "comms.datasource." $key -}}{{- $_ := set $secrets $key $value -}}{{- end -}}
{{- end -}}
{{- with .job.datasourceUrl -}}
{{- $_ := set $secrets "comms.datasource.url" . -}}
{{- end -}}
{{- $folders := dict "secrets" $secrets "mounts" .root.Values.mounts -}}
backoffLimit: {{ .job.backoffLimit | int }}
activeDeadlineSeconds: {{ .job.activeDeadlineSeconds | int }}
template:
  metadata:
    labels: {{- include "comms.selectorLabels" $names | nindent 6 }}
  spec:
    restartPolicy: Never
    {{- with .serviceAccountName }}
    serviceAccountName: {{ . }}
    {{- end }}
    {{- include "comms.podSecurity" .root | nindent 4 }}
    containers:
      - name: {{ .name }}
        image: {{ include "comms.image" (dict "root" .root "app" "comms-monitor" "daemon" $daemon) | quote }}
        imagePullPolicy: {{ .root.Values.image.pullPolicy }}
        args: {{- toYaml .args | nindent 10 }}
        env:
          {{- range $key, $value := .root.Values.properties }}
          {{- if hasPrefix "comms.datasource." $key }}
          - { name: {{ include "comms.environmentName" $key }}, value: {{ include "comms.text" $value | quote }} }
          {{- end }}
          {{- end }}
          {{- with include "comms.secretVariables" $secrets }}{{ trim . | nindent 10 }}{{ end }}
        {{- include "comms.containerSecurity" .root | nindent 8 }}
        resources: {{- toYaml .job.resources | nindent 10 }}
        {{- with include "comms.volumeMounts" $folders }}
        volumeMounts: {{- trim . | nindent 10 }}
        {{- end }}
    {{- with include "comms.volumes" $folders }}
    volumes: {{- trim . | nindent 6 }}
    {{- end }}
{{- end -}}
