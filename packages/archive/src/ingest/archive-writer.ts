import { AnjuanError } from '@anjuan/core';
import type { Archive } from '../archive-options.js';
import { isObject, objectsAt, stringAt } from '../fhir/json.js';
import type { FhirResource } from '../fhir/resource.js';

/** A resource as the archive holds it now. */
export interface Current {
  readonly resource: FhirResource;
  readonly versionId: string;
}

/** Base inside this process: nothing listens there, the handler is called directly. */
const BASE = 'http://archive.invalid/fhir';

/** Writes through the archive's own front door, so an ingested record obeys every rule that a submitted one does. */
export class ArchiveWriter {
  readonly #archive: Archive;

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  async read(type: string, id: string): Promise<Current | undefined> {
    const response = await this.#archive.handle(this.#request(`${type}/${id}`));
    if (response.status === 404 || response.status === 410) return undefined;
    const body = await this.#body(response);
    return { resource: body, versionId: stringAt(body, 'meta.versionId') ?? '' };
  }

  /** First page of a search, for example `List?_count=50`. */
  async search(query: string): Promise<readonly FhirResource[]> {
    const body = await this.#body(await this.#archive.handle(this.#request(query)));
    return objectsAt(body, 'entry.resource').map((resource) => resource as FhirResource);
  }

  /** Stores bytes under a fixed id. The same call again changes nothing. */
  async putBytes(id: string, bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<void> {
    const known = await this.#archive.handle(
      this.#request(`Binary/${id}`, { method: 'HEAD', headers: { accept: mime } }),
    );
    await known.body?.cancel();
    if (known.ok) return;
    const headers = { 'content-type': mime, 'if-none-match': '*' };
    await this.#body(
      await this.#archive.handle(this.#request(`Binary/${id}`, { method: 'PUT', headers, body: bytes })),
    );
  }

  /** Puts all or none; a resource that already looks like this is left alone. Gives the version id of each, in order. */
  async putAll(resources: readonly FhirResource[]): Promise<readonly string[]> {
    const known = await Promise.all(resources.map((resource) => this.read(resource.resourceType, resource.id ?? '')));
    const changed = resources.filter((resource, index) => !sameContent(resource, known[index]?.resource));
    const written =
      changed.length === 0 ? [] : await this.#transaction(changed, (resource) => known[resources.indexOf(resource)]);
    const versions = new Map(changed.map((resource, index) => [resource, written[index] ?? '']));
    return resources.map((resource, index) => versions.get(resource) ?? known[index]?.versionId ?? '');
  }

  async #transaction(
    resources: readonly FhirResource[],
    knownOf: (resource: FhirResource) => Current | undefined,
  ): Promise<readonly string[]> {
    const entry = resources.map((resource) => {
      const url = `${resource.resourceType}/${resource.id ?? ''}`;
      const known = knownOf(resource);
      const guard = known ? { ifMatch: `W/"${known.versionId}"` } : {};
      return { fullUrl: `${BASE}/${url}`, resource, request: { method: 'PUT', url, ...guard } };
    });
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry };
    const headers = { 'content-type': 'application/fhir+json' };
    const request = this.#request('', { method: 'POST', headers, body: JSON.stringify(bundle) });
    const body = await this.#body(await this.#archive.handle(request));
    return objectsAt(body, 'entry').map((item) => {
      const etag = stringAt(item, 'response.etag') ?? '';
      return /"([^"]+)"/.exec(etag)?.[1] ?? stringAt(item, 'resource.meta.versionId') ?? '';
    });
  }

  #request(path: string, init: RequestInit = {}): Request {
    const headers = new Headers({ accept: 'application/fhir+json', ...Object.fromEntries(new Headers(init.headers)) });
    return new Request(path === '' ? BASE : `${BASE}/${path}`, { ...init, headers });
  }

  async #body(response: Response): Promise<FhirResource> {
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok && isObject(body)) return body as FhirResource;
    // The outcome's codes and paths are safe to show; its texts might quote the content.
    const issue = objectsAt(body, 'issue')[0];
    const details = {
      status: response.status,
      code: stringAt(issue, 'details.coding.code') ?? stringAt(issue, 'code') ?? '',
      expression: stringAt(issue, 'expression') ?? '',
    };
    throw new AnjuanError('validation-failed', { details });
  }
}

/** True when the archive holds what would be written, apart from what the archive itself adds. */
function sameContent(wanted: FhirResource, held: FhirResource | undefined): boolean {
  if (!held) return false;
  return canonical({ ...wanted, meta: ownMeta(wanted) }) === canonical({ ...held, meta: ownMeta(held) });
}

function ownMeta({ meta }: FhirResource): unknown {
  if (!meta) return {};
  const { profile, security, tag } = meta;
  return { profile, security, tag };
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}
