/** The id in a reference to that type: relative, absolute, or with a version. Undefined for anything else. */
export function idOfReference(reference: string | undefined, type: string): string | undefined {
  const match = /(?:^|\/)([A-Za-z]+)\/([A-Za-z0-9._-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference ?? '');
  return match?.[1] === type ? match[2] : undefined;
}
