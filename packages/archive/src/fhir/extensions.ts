import { extensions } from '@anjuan/core';
import { objectsAt, stringAt, type JsonObject } from './json.js';

/** The extension of an element by its canonical address; undefined when it has none. */
export function extensionAt(element: unknown, url: string): JsonObject | undefined {
  return objectsAt(element, 'extension').find((extension) => extension['url'] === url);
}

/** The SHA-256 an attachment declares, lower-case hex; undefined when it declares none. */
export function declaredSha256(attachment: unknown): string | undefined {
  return stringAt(extensionAt(attachment, extensions.sha256), 'valueString')?.toLowerCase();
}
