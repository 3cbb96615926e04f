const methodOfVerb: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
  get: 'GET',
  list: 'GET',
  watch: 'GET',
  // Requests on no resource have the method itself as their verb, in lower case.
  head: 'HEAD',
  options: 'OPTIONS',
  post: 'POST',
  put: 'PUT',
};

/** The HTTP method behind the verb of an audit event; undefined for a verb that stands for none (spec/k8s-audit.md §1). */
export function requestMethod(verb: string | undefined): string | undefined {
  return verb !== undefined && Object.hasOwn(methodOfVerb, verb) ? methodOfVerb[verb] : undefined;
}
