{{/* The start of all names; room is left for a daemon's name and a suffix. */}}
{{- define "comms.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $full := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- .Values.fullnameOverride | default $full | trunc 36 | trimSuffix "-" -}}
{{- end -}}

{{/* The labels of selectors: name, instance and component. Takes (root, component). */}}
{{- define "comms.selectorLabels" -}}
app.kubernetes.io/name: {{ .root.Values.nameOverride | default .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Takes (root, component). */}}
{{- define "comms.labels" -}}
{{ include "comms.selectorLabels" . }}
app.kubernetes.io/part-of: comms-distribution
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{/* Takes (root, app, daemon). */}}
{{- define "comms.image" -}}
{{- $tag := .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{ .root.Values.image.repository }}/{{ .app }}{{ empty .daemon.digest | ternary (printf ":%s" $tag) (printf "@%s" .daemon.digest) }}
{{- end -}}

{{- define "comms.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary (include "comms.fullname" .) "default") -}}
{{- end -}}
