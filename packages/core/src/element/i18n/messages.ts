import type { Locale } from './locale.js';

/** A text, or a function that builds it: plural and word order belong to the language's own file. */
export type Message = string | ((...args: never[]) => string);
/** Texts in groups: strings, or functions of their parts that return one. */
export interface MessageTree {
  readonly [key: string]: Message | MessageTree;
}

/** The shape that every locale of a catalogue shares. */
export type Texts<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Texts<T[K]>;
};

/** Some texts of a catalogue, to replace the built-in ones. */
export type TextsOverride = { readonly [key: string]: Message | TextsOverride };

/** The texts of one element in every language, all of the same shape. */
export type Catalogue<T> = Readonly<Record<Locale, Texts<T>>>;

/** Texts of one element in every language; a language that lacks a key does not type-check. */
export function defineMessages<const T extends MessageTree>(catalogue: {
  readonly 'zh-CN': T;
  readonly en: Texts<NoInfer<T>>;
}): Catalogue<T> {
  // `T` and `Texts<T>` differ only in literal types, which the compiler cannot see for a generic `T`.
  return catalogue as unknown as Catalogue<T>;
}

/** The texts with the host's own ones laid over them. Keys that the catalogue lacks are ignored. */
export function overrideTexts<T>(texts: Texts<T>, override: TextsOverride | undefined): Texts<T> {
  if (!override) return texts;
  const merged: Record<string, unknown> = {};
  for (const [key, own] of Object.entries(texts as Record<string, unknown>)) {
    const wanted = Object.hasOwn(override, key) ? override[key] : undefined;
    merged[key] = typeof own === 'object' ? overrideTexts(own as Texts<T>, asTree(wanted)) : pick(own, wanted);
  }
  return merged as Texts<T>;
}

function asTree(value: unknown): TextsOverride | undefined {
  return typeof value === 'object' && value !== null ? (value as TextsOverride) : undefined;
}

function pick(own: unknown, wanted: unknown): unknown {
  if (typeof own === 'function' && typeof wanted === 'string') return () => wanted;
  return typeof wanted === typeof own ? wanted : own;
}

/** Every key of a locale as `a.b.c`, sorted: for tests that compare languages. */
export function messageKeys(tree: object, prefix = ''): string[] {
  return Object.entries(tree)
    .flatMap(([key, value]) =>
      typeof value === 'object' && value !== null ? messageKeys(value as object, `${prefix}${key}.`) : [prefix + key],
    )
    .sort();
}
