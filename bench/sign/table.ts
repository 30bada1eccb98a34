/** Flattens a value into rows of `path  value`, short enough for a terminal. */
export function tableOf(keys: Readonly<Record<string, unknown>>): string {
  const rows: [string, string][] = [];
  const walk = (path: string, value: unknown): void => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      for (const [key, inner] of Object.entries(value)) walk(path === '' ? key : `${path} · ${key}`, inner);
    else rows.push([path, Array.isArray(value) ? value.join(', ') : String(value)]);
  };
  walk('', keys);
  const width = Math.max(...rows.map(([path]) => path.length));
  return rows.map(([path, value]) => `${path.padEnd(width)}  ${value}`).join('\n');
}
