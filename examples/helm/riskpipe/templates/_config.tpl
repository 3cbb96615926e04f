{{/* The configuration, with `config` of the values merged over it. */}}
{{- define "riskpipe.config" -}}
{{- $made := fromYaml (include "riskpipe.made" .) -}}
{{- toYaml (mergeOverwrite $made (deepCopy .Values.config)) -}}
{{- end -}}

{{- define "riskpipe.made" -}}
receivers:
{{- if eq .Values.kind "DaemonSet" }}
  file_log:
    include: ['{{ .Values.auditDirectory }}/audit*.log']
    start_at: beginning
    storage: file_storage
    resource: { k8s.node.name: '${env:NODE_NAME}' }
{{- else }}
  otlp:
    protocols:
      http:
        endpoint: ':4318'
        tls: { cert_file: /etc/riskpipe-listener/tls.crt, key_file: /etc/riskpipe-listener/tls.key }
        auth: { bearer_token_file: /etc/riskpipe-listener/tokens }
{{- end }}
processors:
  detection:
    cluster: '${env:CLUSTER_NAME}'
    detections:
      - /opt/riskpipe/pipelines/detections/*.yaml
{{- if .Values.detections }}
      - /etc/riskpipe-detections/*.yaml
{{- end }}
    allowlists:
      - /opt/riskpipe/pipelines/allowlists/*.yaml
{{- if .Values.allowlists }}
      - /etc/riskpipe-allowlists/*.yaml
{{- end }}
exporters:
  otlp_http:
    endpoint: '${env:OTLP_ENDPOINT}'
    sending_queue: { storage: file_storage }
extensions:
  file_storage: { directory: /var/lib/riskpipe/store, create_directory: true }
  health_check: { endpoint: ':13134' }
service:
  extensions: [file_storage, health_check]
  telemetry: { logs: { encoding: json } }
  pipelines:
    logs:
      receivers: [{{ ternary "file_log" "otlp" (eq .Values.kind "DaemonSet") }}]
      processors: [detection]
      exporters: [otlp_http]
{{- end -}}
