import { isObject, type Json, type JsonObject } from './json.js';
import { badRequest, unprocessable } from './refusal.js';

type Operation = { readonly op: string; readonly path: string; readonly from?: string; readonly value?: Json };

function segments(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw badRequest('A patch path is not a JSON pointer.');
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

const missing = () => unprocessable('A patch path does not exist.');

function arrayIndex(list: readonly Json[], name: string, options: { readonly end: boolean }): number {
  if (options.end && name === '-') return list.length;
  const index = /^(0|[1-9]\d{0,8})$/.test(name) ? Number(name) : -1;
  if (index < 0 || index > (options.end ? list.length : list.length - 1)) throw missing();
  return index;
}

function valueAt(root: Json, path: readonly string[]): Json {
  let current: Json = root;
  for (const name of path) {
    const next: Json | undefined = Array.isArray(current)
      ? (current as readonly Json[])[arrayIndex(current as readonly Json[], name, { end: false })]
      : isObject(current) && Object.hasOwn(current, name)
        ? current[name]
        : undefined;
    if (next === undefined) throw missing();
    current = next;
  }
  return current;
}

/** A copy of `root` with the value at the path added, replaced (`mode`) or removed. */
function edit(
  root: Json,
  path: readonly string[],
  change: { readonly mode: 'add' | 'replace' | 'remove'; readonly value?: Json },
): Json {
  const [name, ...rest] = path;
  if (name === undefined) {
    if (change.mode === 'remove') throw badRequest('A patch cannot remove the whole resource.');
    return change.value ?? null;
  }
  if (rest.length > 0) {
    const child = edit(valueAt(root, [name]), rest, change);
    return place(root, name, { mode: 'replace', value: child });
  }
  if (change.mode !== 'add') valueAt(root, [name]);
  return place(root, name, change);
}

function place(
  root: Json,
  name: string,
  change: { readonly mode: 'add' | 'replace' | 'remove'; readonly value?: Json },
): Json {
  if (Array.isArray(root)) {
    const list = root as readonly Json[];
    const index = arrayIndex(list, name, { end: change.mode === 'add' });
    const removed = change.mode === 'add' ? 0 : 1;
    const added: Json[] = change.mode === 'remove' ? [] : [change.value ?? null];
    return [...list.slice(0, index), ...added, ...list.slice(index + removed)];
  }
  if (!isObject(root)) throw missing();
  const entries = Object.entries(root).filter(([key]) => key !== name);
  if (change.mode === 'remove') return Object.fromEntries(entries);
  return Object.fromEntries([...entries, [name, change.value ?? null]]);
}

function parseOperation(value: unknown): Operation {
  if (!isObject(value)) throw badRequest('A patch operation is not an object.');
  const { op, path, from } = value;
  if (typeof op !== 'string' || typeof path !== 'string') throw badRequest('A patch operation lacks op or path.');
  return {
    op,
    path,
    ...(typeof from === 'string' && { from }),
    ...('value' in value && { value: value['value'] ?? null }),
  };
}

function same(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: Json, index) => same(item, (b as readonly Json[])[index] ?? null));
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same(a[name] ?? null, b[name] ?? null))
  );
}

function applyOne(root: Json, operation: Operation): Json {
  const path = segments(operation.path);
  const { op, value = null, from = '' } = operation;
  switch (op) {
    case 'add':
    case 'replace':
      return edit(root, path, { mode: op, value });
    case 'remove':
      return edit(root, path, { mode: 'remove' });
    case 'copy':
      return edit(root, path, { mode: 'add', value: valueAt(root, segments(from)) });
    case 'move':
      return edit(edit(root, segments(from), { mode: 'remove' }), path, {
        mode: 'add',
        value: valueAt(root, segments(from)),
      });
    case 'test':
      if (same(valueAt(root, path), value)) return root;
      throw unprocessable('A patch test failed.');
    default:
      throw badRequest('A patch operation is unknown.');
  }
}

/** Values that all copies of one patch may add: a list copied into itself doubles with every operation. */
const MAX_COPIED_VALUES = 100_000;

/** Values inside a value, itself included; counts no further than just beyond `atMost`. */
function sizeOf(value: Json, atMost: number): number {
  const open: (Json | undefined)[] = [value];
  let size = 0;
  for (let next = open.pop(); next !== undefined && size <= atMost; next = open.pop()) {
    size += 1;
    if (typeof next === 'object' && next !== null) open.push(...(Object.values(next) as Json[]));
  }
  return size;
}

/** Applies a JSON Patch without touching the input. Throws 400 or 422. @source RFC 6902 */
export function applyJsonPatch(root: JsonObject, patch: unknown): Json {
  if (!Array.isArray(patch)) throw badRequest('A patch is a list of operations.');
  let copied = 0;
  return (patch as unknown[]).map(parseOperation).reduce<Json>((current, operation) => {
    if (operation.op === 'copy') copied += sizeOf(valueAt(current, segments(operation.from ?? '')), MAX_COPIED_VALUES);
    if (copied > MAX_COPIED_VALUES) throw unprocessable('A patch copies too much.');
    return applyOne(current, operation);
  }, root);
}
