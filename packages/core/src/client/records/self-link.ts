/**
 * The filters that the archive did not echo in `link[self]`, by name. An archive that ignores a filter would show
 * records nobody asked for, so an absent self link counts as having dropped them all.
 * @source FHIR R4 search, "Conformance: self link"
 */
export function droppedFilters(
  filters: readonly (readonly [name: string, value: string])[],
  self: string | undefined,
): readonly string[] {
  const used = namesOf(self);
  const dropped: string[] = [];
  for (const [name] of filters) {
    const index = used.findIndex((other) => other === name || other.startsWith(`${name}:`));
    if (index < 0) dropped.push(name);
    else used.splice(index, 1);
  }
  return dropped;
}

function namesOf(self: string | undefined): string[] {
  const start = self?.indexOf('?') ?? -1;
  if (self === undefined || start < 0) return [];
  const query = new URLSearchParams(self.slice(start + 1));
  return [...query].filter(([, value]) => value !== '').map(([name]) => name);
}
