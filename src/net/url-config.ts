import { z } from 'zod';
import { proxyProblem, urlProblem } from './endpoint.ts';

/** The URL of a backend. */
export const httpUrl = z.string().superRefine((text, context) => {
  const problem = urlProblem(text);
  if (problem !== undefined) context.addIssue(problem);
});

/** `proxy_url`; empty is none. */
export const proxyUrl = z.string().superRefine((text, context) => {
  const problem = proxyProblem(text);
  if (problem !== undefined) context.addIssue(problem);
});

/** A path that requests can have: as it stands in a URL. */
export const urlPath = z
  .string()
  .startsWith('/', { error: 'must begin with "/"', abort: true })
  .refine((path) => new URL(`http://host${path}`).pathname === path, {
    error: 'is no path as it stands in a URL, without "?" and "#"',
  });
