import type { Json } from '../../record/json.ts';
import { imagesOfMessage } from './event-images.ts';
import { textAt, valueAt } from './event-path.ts';

/**
 * The name of the pod that an audit event is about; undefined if it is about no pod, or does not say which.
 *
 * A request on a pod names it in `objectRef` (with `generateName` only the response does). A Kubernetes event names
 * it in its body; a repeat is a PATCH without that, and leaves only the event's own name, `<pod>.<hexadecimal>`
 * (spec/k8s-audit.md §12.1).
 */
export function podOf(event: Json): string | undefined {
  const object = valueAt(event, 'objectRef');
  if (textAt(object, 'resource') === 'pods') {
    const answer = valueAt(event, 'responseObject');
    return textAt(object, 'name') ?? textAt(valueAt(answer, 'metadata'), 'name');
  }
  for (const body of ['requestObject', 'responseObject']) {
    for (const name of ['involvedObject', 'regarding']) {
      const reference = valueAt(valueAt(event, body), name);
      if (reference === undefined) continue;
      return textAt(reference, 'kind') === 'Pod' ? textAt(reference, 'name') : undefined;
    }
  }
  return podOfEventName(event);
}

function podOfEventName(event: Json): string | undefined {
  const reference = valueAt(event, 'objectRef');
  if (textAt(reference, 'resource') !== 'events') return undefined;
  const name = textAt(reference, 'name') ?? '';
  const [, object] = /^(.+)\.[0-9a-f]+$/.exec(name) ?? [];
  // Deployments and nodes have events, too. Only pods have images, and a kubelet speaks of its pods or of its node.
  const author = textAt(valueAt(event, 'user'), 'username') ?? '';
  const ofKubelet = author.startsWith('system:node:') && author !== `system:node:${object}`;
  return ofKubelet || imagesOfMessage(event).length > 0 ? object : undefined;
}
