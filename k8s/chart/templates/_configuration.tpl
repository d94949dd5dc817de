{{/* The files of a daemon's ConfigMap. Takes (root, daemon). */}}
{{- define "comms.configuration" -}}
{{- $common := include "comms.propertiesFile" .daemon.common -}}
{{- $own := include "comms.propertiesFile" .daemon.properties -}}
{{- dict "common.properties" $common "daemon.properties" $own | toYaml -}}
{{- end -}}

{{/* The files that COMMS_CONFIG names; the later one wins. */}}
{{- define "comms.files" -}}
{{- range $index, $from := .Values.propertiesFrom }}/etc/comms/from/{{ $index }}/file.properties,{{ end -}}
/etc/comms/properties/common.properties,/etc/comms/properties/daemon.properties
{{- end -}}

{{/* Takes (path, times). */}}
{{- define "comms.probe" -}}
httpGet: { path: {{ .path }}, port: health }
{{ toYaml .times }}
{{- end -}}
