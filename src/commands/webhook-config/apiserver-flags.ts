/**
 * The flags that make a kube-apiserver send its audit events here in batches, a second late at most (spec/k8s-audit.md
 * §5): by default they are up to 30 seconds late. It also needs a policy, and sends nothing without one.
 */
export const apiserverFlags: readonly string[] = [
  '--audit-policy-file=/etc/kubernetes/audit-policy.yaml',
  '--audit-webhook-config-file=/etc/kubernetes/riskpipe-webhook.yaml',
  '--audit-webhook-mode=batch',
  '--audit-webhook-batch-max-wait=1s',
];
