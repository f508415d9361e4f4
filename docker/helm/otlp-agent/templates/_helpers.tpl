{{- define "otlp-agent.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "otlp-agent.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 45 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 45 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 45 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "otlp-agent.selectorLabels" -}}
app.kubernetes.io/name: {{ include "otlp-agent.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: application
{{- end }}

{{- define "otlp-agent.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "otlp-agent.labels" -}}
{{ include "otlp-agent.commonLabels" . }}
{{ include "otlp-agent.selectorLabels" . }}
{{- end }}

{{- define "otlp-agent.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "otlp-agent.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* An image of the values and the tag that holds where it has none. */ -}}
{{- define "otlp-agent.image" -}}
{{- if .image.digest }}{{ .image.repository }}@{{ .image.digest }}
{{- else }}{{ .image.repository }}:{{ .image.tag | default .tag }}
{{- end }}
{{- end }}

{{- define "otlp-agent.endpoint" -}}
{{- $port := ternary 4317 4318 (eq .Values.config.otlp.protocol "grpc") }}
{{- if .Values.config.otlp.endpoint }}{{ .Values.config.otlp.endpoint }}
{{- else if .Values.collector.enabled }}{{ printf "http://%s-collector:%d" (include "otlp-agent.fullname" .) $port }}
{{- else }}{{ printf "http://collector.observability:%d" $port }}
{{- end }}
{{- end }}

{{- /* config.yaml without what the environment says. */ -}}
{{- define "otlp-agent.config" -}}
{{- $config := deepCopy .Values.config }}
{{- $_ := set $config "otlp" (omit $config.otlp "endpoint" "protocol") }}
{{- toYaml $config }}
{{- end }}

{{- /* What a probe asks: (list . PATH-OF-THE-AGENT PATH-OF-THE-APPLICATION). */ -}}
{{- define "otlp-agent.probe" -}}
{{- $values := (index . 0).Values }}
{{- if eq $values.probes.target "agent" }}
{{- if not (and $values.agent.enabled $values.config.server.enabled) }}
{{- fail "probes.target: agent needs agent.enabled and config.server.enabled; use application" }}
{{- end -}}
httpGet:
  path: {{ index . 1 }}
  port: agent
{{- else if index . 2 -}}
httpGet:
  path: {{ index . 2 }}
  port: {{ $values.probes.port }}
{{- else -}}
tcpSocket:
  port: {{ $values.probes.port }}
{{- end }}
{{- end }}
