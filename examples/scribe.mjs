// Writes down what happens in a made-up cluster on 2026-04-12, between 12:00 and 13:00 UTC.

import { auditLine, eventCreated, eventRepeated, kubelet } from './audit-events.mjs';

/** @typedef {import('./audit-events.mjs').NodeName} NodeName */
/** @typedef {import('./audit-events.mjs').Request} Request */
/** @typedef {import('./audit-events.mjs').Report} Report */
/** @typedef {Omit<Request, 'at' | 'auditId' | 'tookMicros'>} Asked */

const controlPlane = '10.40.0.10';

/** Takes requests down, each with the minute and second it came in, such as `17:45`. */
export class Scribe {
  #random;
  /** @type {Request[]} */
  #requests = [];

  /** @param {number} seed the same one always gives the same ids and microseconds */
  constructor(seed) {
    this.#random = randomFrom(seed);
  }

  /** The log: in the order in which requests were done with. */
  get log() {
    const lines = this.#requests.map((request) => ({ line: auditLine(request), done: doneAt(request) }));
    return lines
      .sort((a, b) => a.done - b.done)
      .map(({ line }) => `${line}\n`)
      .join('');
  }

  /**
   * @param {string} time
   * @param {Asked} asked
   */
  write(time, asked) {
    this.#requests.push({ ...this.#received(time), ...asked });
  }

  /**
   * A kubelet tells of a container of a pod, which is named with its namespace: `shop/web-1`.
   * @param {string} time
   * @param {NodeName} node
   * @param {string} pod
   * @param {string} reason
   * @param {string} message
   * @returns {Report} for `repeats`
   */
  tells(time, node, pod, reason, message) {
    const [namespace = '', name = ''] = pod.split('/');
    /** @type {Report} */
    const report = {
      ...this.#received(time),
      node,
      namespace,
      pod: name,
      uid: uuid(randomFrom(Array.from(name).reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7))),
      suffix: `18e${this.#hex(13)}`,
      container: name.split('-')[0] ?? name,
      reason,
      message,
      type: reason === 'Failed' ? 'Warning' : 'Normal',
    };
    this.#requests.push(eventCreated(report));
    return report;
  }

  /**
   * The kubelet tells the same again: only now a PATCH.
   * @param {string} time
   * @param {Report} report
   */
  repeats(time, report) {
    this.#requests.push(eventRepeated({ ...report, ...this.#received(time) }));
  }

  /**
   * A node or a component renews its lease.
   * @param {string} time
   * @param {string} namespace
   * @param {string} name
   */
  renews(time, namespace, name) {
    this.write(time, {
      level: 'Metadata',
      verb: 'update',
      uri: `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/${name}?timeout=10s`,
      ...(name === 'n1' || name === 'n2' ? kubelet(name) : component(name)),
      object: { resource: 'leases', namespace, name, apiGroup: 'coordination.k8s.io', apiVersion: 'v1' },
      code: 200,
    });
  }

  /**
   * A load balancer asks whether the apiserver is well.
   * @param {string} time
   * @param {string} path
   */
  probes(time, path) {
    this.write(time, {
      level: 'Metadata',
      verb: 'get',
      uri: path,
      user: { username: 'system:anonymous', groups: ['system:unauthenticated'] },
      address: controlPlane,
      agent: 'kube-probe/1.34',
      code: 200,
      reason: binding('system:public-info-viewer', 'Group "system:unauthenticated"'),
    });
  }

  /**
   * A kubelet watches the config map of a service account: logged when it begins, and again when it ends.
   * @param {string} time
   * @param {NodeName} node
   */
  watches(time, node) {
    const watch = {
      ...this.#received(time),
      level: /** @type {const} */ ('Metadata'),
      verb: 'watch',
      uri: '/api/v1/namespaces/shop/configmaps?allowWatchBookmarks=true&fieldSelector=metadata.name%3Dkube-root-ca.crt&timeout=7m12s&watch=true',
      ...kubelet(node),
      object: { resource: 'configmaps', namespace: 'shop', name: 'kube-root-ca.crt', apiVersion: 'v1' },
      code: 200,
    };
    this.#requests.push({ ...watch, stage: 'ResponseStarted' });
    this.#requests.push({ ...watch, tookMicros: 432_000_000 + watch.tookMicros });
  }

  /** @param {string} time */
  #received(time) {
    const micros = String(Math.floor(this.#random() * 1_000_000)).padStart(6, '0');
    return {
      at: `2026-04-12T12:${time}.${micros}Z`,
      tookMicros: 900 + Math.floor(this.#random() * 6_000),
      auditId: uuid(this.#random),
    };
  }

  /** @param {number} digits */
  #hex(digits) {
    return hex(this.#random, digits);
  }
}

/**
 * Who a component of the control plane is, `kube-scheduler` say.
 * @param {string} name
 */
export function component(name) {
  return {
    user: { username: `system:${name}`, groups: ['system:authenticated'] },
    address: controlPlane,
    agent: `${name}/v1.34.4 (linux/amd64) kubernetes/5d1a7c2/leader-election`,
    reason: binding(`system:${name}`, `User "system:${name}"`),
  };
}

/**
 * @param {string} role
 * @param {string} subject
 */
function binding(role, subject) {
  return `RBAC: allowed by ClusterRoleBinding "${role}" of ClusterRole "${role}" to ${subject}`;
}

/**
 * Microseconds since 1970.
 * @param {Request} request
 */
function doneAt({ at, tookMicros }) {
  return Date.parse(`${at.slice(0, 19)}Z`) * 1_000 + Number(at.slice(20, 26)) + tookMicros;
}

/** @param {() => number} random */
function uuid(random) {
  return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;
}

/**
 * @param {() => number} random
 * @param {number} digits
 */
function hex(random, digits) {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
}

/**
 * Numbers in [0, 1) that are always the same for a seed (mulberry32).
 * @param {number} seed
 */
function randomFrom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
