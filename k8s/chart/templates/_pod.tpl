{{/* Restricted pod security; the daemons' user may write to their volumes. */}}
{{- define "comms.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "comms.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{/* The variables that name the files of secret properties. Takes a map of secrets. */}}
{{- define "comms.secretVariables" -}}
{{- range $property, $secret := . }}
- name: {{ include "comms.environmentName" $property }}_FILE
  value: /etc/comms/secrets/{{ $property }}
{{- end }}
{{- end -}}

{{/* Takes (secrets, mounts). */}}
{{- define "comms.volumeMounts" -}}
{{- if .secrets }}
- { name: secrets, mountPath: /etc/comms/secrets, readOnly: true }
{{- end }}
{{- range .mounts }}
- { name: {{ printf "mount-%s" .name }}, mountPath: {{ .path | quote }}, readOnly: true }
{{- end }}
{{- end -}}

{{/* Takes (secrets, mounts). The mode 288 is 0440: readers of YAML 1.2 take 0440 for a decimal number. */}}
{{- define "comms.volumes" -}}
{{- if .secrets }}
- name: secrets
  projected:
    defaultMode: 288
    sources:
      {{- range $property, $secret := .secrets }}
      - secret:
          name: {{ $secret.existingSecret }}
          items: [{ key: {{ $secret.key | quote }}, path: {{ $property }} }]
      {{- end }}
{{- end }}
{{- range .mounts }}
- name: mount-{{ .name }}
  {{- if .secret }}
  secret: { secretName: {{ .secret }}, defaultMode: 288 }
  {{- else }}
  configMap: { name: {{ .configMap }} }
  {{- end }}
{{- end }}
{{- end -}}
