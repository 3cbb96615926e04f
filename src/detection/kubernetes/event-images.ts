import { fieldTexts } from '../../record/json-field.ts';
import type { Json } from '../../record/json.ts';
import { valueAt } from './event-path.ts';

// `Pulling image "x"` and what else the kubelet says of an image, in Go's %q quoting (spec/k8s-audit.md §8). Also
// behind `(combined from similar events): `.
const quotedImage = /\bimage(?: tag)? "((?:[^"\\]|\\.)*)"/i;

const podSpecs = ['spec', 'spec.template.spec', 'spec.jobTemplate.spec.template.spec'];
const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];
const imageFields = podSpecs.flatMap((spec) =>
  containerLists.map((list) => `requestObject.${spec}.${list}.image`),
);
const messageFields = ['requestObject.message', 'requestObject.note'];

/**
 * The images that the message of a Kubernetes event names, as written. Core events have `message`,
 * events.k8s.io has `note`. Several only if a client wrote the key more than once.
 */
export function imagesOfMessage(event: Json): readonly string[] {
  if (valueAt(event, 'requestObject') === undefined) return [];
  const messages = messageFields.flatMap((field) => fieldTexts(event, field, 'hidden'));
  return distinct(messages.flatMap((message) => quotedImage.exec(message)?.[1] ?? []));
}

/** The images of all containers of a pod, or of the pod template of a workload, as written. */
export function imagesOfPodSpec(event: Json): readonly string[] {
  if (valueAt(event, 'requestObject') === undefined) return [];
  return distinct(imageFields.flatMap((field) => fieldTexts(event, field, 'hidden')));
}

function distinct(images: readonly string[]): readonly string[] {
  if (images.length === 0) return images;
  return [...new Set(images)].filter((image) => image !== '');
}
