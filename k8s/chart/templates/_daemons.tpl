{{/*
The daemons that are on, as JSON by their names. The entry of a daemon wins over the defaults. Of the common properties and
secrets a daemon has those that it reads. `effective` is what it will see: its own properties win over the common ones.
*/}}
{{- define "comms.daemons" -}}
{{- $known := .Files.Get "files/properties-by-daemon.json" | fromJson -}}
{{- $daemons := dict -}}
{{- range $app, $entry := .Values.daemons -}}
{{- $daemon := mergeOverwrite (deepCopy $.Values.daemonDefaults) (deepCopy ($entry | default dict)) -}}
{{- if $daemon.enabled -}}
{{- $keys := index $known $app -}}
{{- $common := include "comms.pick" (dict "from" $.Values.properties "keys" $keys) | fromJson -}}
{{- $secrets := include "comms.pick" (dict "from" $.Values.secrets "keys" $keys) | fromJson -}}
{{- $_ := set $daemon "keys" $keys -}}
{{- $_ := set $daemon "common" $common -}}
{{- $_ := set $daemon "effective" (mergeOverwrite (deepCopy $common) (deepCopy $daemon.properties)) -}}
{{- $_ := set $daemon "secrets" (mergeOverwrite $secrets (deepCopy $daemon.secrets)) -}}
{{- $_ := set $daemon "mounts" (concat $.Values.mounts $daemon.mounts) -}}
{{- $_ := set $daemon "port" (index $daemon.effective "comms.health.port" | default 3000 | int) -}}
{{- $_ := set $daemon "single" (and $daemon.outbox.enabled (ne $daemon.outbox.accessMode "ReadWriteMany")) -}}
{{- $_ := set $daemons $app $daemon -}}
{{- end -}}
{{- end -}}
{{- $daemons | toJson -}}
{{- end -}}

{{/* The entries of a map that have one of the keys. Takes (from, keys). */}}
{{- define "comms.pick" -}}
{{- $picked := dict -}}
{{- range $key, $value := .from -}}
{{- if has $key $.keys -}}{{- $_ := set $picked $key $value -}}{{- end -}}
{{- end -}}
{{- $picked | toJson -}}
{{- end -}}

{{/* A map as the text of a properties file. */}}
{{- define "comms.propertiesFile" -}}
{{- range $key, $value := . -}}
{{ $key }}={{ include "comms.text" $value | replace `\` `\\` | replace "\n" `\n` | replace "\r" `\r` | replace "\t" `\t` }}
{{ end -}}
{{- end -}}

{{/* A value as text; numbers of YAML come as floats. */}}
{{- define "comms.text" -}}
{{- if kindIs "float64" . }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- end -}}

{{/* The environment variable of a property. */}}
{{- define "comms.environmentName" -}}
{{- . | upper | replace "." "_" | replace "-" "_" -}}
{{- end -}}

{{/* A duration such as 500ms, 25s, 2m or 1h in milliseconds; nothing for a text that is none. */}}
{{- define "comms.milliseconds" -}}
{{- $units := dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 -}}
{{- if regexMatch "^[0-9]+(ms|s|m|h)$" . -}}
{{- mul (regexFind "^[0-9]+" . | int64) (index $units (regexFind "[a-z]+$" .)) -}}
{{- end -}}
{{- end -}}
