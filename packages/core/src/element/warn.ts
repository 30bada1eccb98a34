const seenKey = Symbol.for('anjuan.warnings');

/** A warning for the integrator: what happened, why it matters, how to mend it. No values, so no patient data. */
export interface Warning {
  readonly what: string;
  readonly why: string;
  readonly how: string;
}

/** Warns once a page for each id, across copies of the package. Ids are stable. */
export function warnOnce(id: string, warning: Warning): void {
  const holder = globalThis as { [seenKey]?: Set<string> };
  const seen = (holder[seenKey] ??= new Set());
  if (seen.has(id)) return;
  seen.add(id);
  console.warn(`[anjuan] ${id}: ${warning.what} ${warning.why} ${warning.how}`);
}

/** Lets a test see a warning again. */
export function forgetWarnings(): void {
  (globalThis as { [seenKey]?: Set<string> })[seenKey]?.clear();
}
