/** What either protocol grants its senders (spec/reliability.md H20). */
export const listenerLimits = { maxConnections: 512, requestTimeoutMs: 20_000 };
