{{/* The pod, hardened as those of examples/kubernetes are. */}}
{{- define "riskpipe.pod" -}}
{{- $tails := eq .Values.kind "DaemonSet" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- if $tails }}
nodeSelector: {{- toYaml .Values.nodeSelector | nindent 2 }}
tolerations: {{- toYaml .Values.tolerations | nindent 2 }}
{{- end }}
terminationGracePeriodSeconds: 15
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
{{- if not $tails }}
  fsGroup: 65532
  fsGroupChangePolicy: OnRootMismatch
{{- end }}
  seccompProfile: { type: RuntimeDefault }
containers:
  - name: riskpipe
    image: '{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}'
    imagePullPolicy: {{ .Values.image.pullPolicy }}
    args: [--config, /etc/riskpipe/config.yaml]
    env:
      - { name: CLUSTER_NAME, value: {{ .Values.cluster | quote }} }
      - { name: OTLP_ENDPOINT, value: {{ .Values.endpoint | quote }} }
      - name: NODE_NAME
        valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
    ports:
      - { name: health, containerPort: 13134 }
{{- if not $tails }}
      - { name: otlp-http, containerPort: 4318 }
{{- end }}
    readinessProbe:
      httpGet: { path: /, port: health }
      periodSeconds: 10
    resources: {{- toYaml .Values.resources | nindent 6 }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: { drop: [ALL] }
    volumeMounts:
      - { name: config, mountPath: /etc/riskpipe, readOnly: true }
{{- range $name := list "detections" "allowlists" }}
{{- if index $.Values $name }}
      - { name: {{ $name }}, mountPath: /etc/riskpipe-{{ $name }}, readOnly: true }
{{- end }}
{{- end }}
{{- if $tails }}
      - { name: audit, mountPath: '{{ .Values.auditDirectory }}', readOnly: true }
{{- else }}
      - { name: listener, mountPath: /etc/riskpipe-listener, readOnly: true }
{{- end }}
      - { name: state, mountPath: /var/lib/riskpipe }
volumes:
  - name: config
    configMap: { name: {{ .Release.Name }} }
{{- range $name := list "detections" "allowlists" }}
{{- if index $.Values $name }}
  - name: {{ $name }}
    configMap: { name: {{ $.Release.Name }}-{{ $name }} }
{{- end }}
{{- end }}
{{- if $tails }}
  - name: audit
    hostPath: { path: '{{ .Values.auditDirectory }}', type: Directory }
  - name: state
    hostPath: { path: '{{ .Values.stateDirectory }}', type: Directory }
{{- else }}
  - name: listener
    secret: { secretName: {{ .Values.listenerSecret }} }
{{- end }}
{{- end -}}
