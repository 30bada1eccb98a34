/** The preferences of a Prefer header, for example `handling` and `return`. @source RFC 7240 */
export function preference(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get('prefer') ?? '').split(/[,;]/)) {
    const [key = '', value = ''] = part.trim().split('=');
    if (key.toLowerCase() === name) return value.replace(/"/g, '').toLowerCase();
  }
  return undefined;
}

/** True when the Accept header asks for FHIR JSON by name. */
export function wantsFhirJson(request: Request): boolean {
  return /application\/(fhir\+)?json/i.test(request.headers.get('accept') ?? '');
}
