/** Findings of a window, of a deep field, with a field that may be missing. */
const pulls = `
detection: pulls
title: Pulls
needs: { resource: events, level: Request }
where: { requestObject.message: { glob: 'Pulling*' } }
group_by: [{ field: user.username, as: user, default: '0' }]
window: { every: 1m }
measures: { count: count() }
emit: both
risk: { message: 'pull by {user}', objects: [{ field: user, type: user, score: 20 }] }
`;

/** Findings of single lines, with a field of several values. */
const reads = `
detection: reads
title: Reads of secrets
where: { verb: [get, list], objectRef.resource: secrets, user.groups: { not: 'system:masters' } }
`;

/** What a replay with a scanner, or with threads, has to find as one without does; as YAML. */
export const scanDetections: readonly string[] = [pulls, reads];
