import type { Transport } from '../src/transport/transport.js';
import { codeSystems, extensions, identifierSystems, profiles } from '../src/model/fhir-names.js';

export const BASE = 'https://archive.test/fhir';

export interface FakeArchiveOptions {
  readonly pageService?: boolean;
  readonly fullText?: boolean;
  /** Documents of record r1. Default 3. */
  readonly documents?: number;
  /** Records found by a search. Default 3. */
  readonly records?: number;
  readonly ranges?: boolean;
  /** Leave this filter out of link[self], as an engine does that ignores it. */
  readonly dropFilter?: string;
  readonly revinclude?: boolean;
}

export interface SeenRequest {
  readonly method: string;
  /** With the fields of a form as its query. */
  readonly url: URL;
  /** As it went over the wire. */
  readonly address: string;
  readonly headers: Headers;
}

export interface FakeArchive {
  readonly transport: Transport;
  readonly seen: SeenRequest[];
  /** Seen requests below this path. */
  seenBelow(path: string): SeenRequest[];
  /** Answers in place of the archive; return undefined to let the archive answer. */
  override: ((request: Request, url: URL) => Response | Promise<Response> | undefined) | undefined;
  readonly fileBytes: Uint8Array<ArrayBuffer>;
  manifestVersion: string;
}

/** A tiny archive of fixed content: enough of the wire to test the client against, nothing of a real one. */
export function createFakeArchive(options: FakeArchiveOptions = {}): FakeArchive {
  const archive: FakeArchive = {
    seen: [],
    seenBelow: (path) => archive.seen.filter(({ url }) => url.pathname.startsWith(`/fhir/${path}`)),
    override: undefined,
    fileBytes: Uint8Array.from({ length: 1000 }, (_, index) => index % 251),
    manifestVersion: 'v1',
    transport: async (request) => {
      const url = await askedUrl(request);
      archive.seen.push({ method: request.method, url, address: request.url, headers: request.headers });
      const other = await archive.override?.(request, url);
      return other ?? route(archive, options, request, url);
    },
  };
  return archive;
}

/** A search or operation by form asks for the same as one by address. */
async function askedUrl(request: Request): Promise<URL> {
  const url = new URL(request.url);
  if (request.method !== 'POST') return url;
  url.pathname = url.pathname.replace(/\/_search$/, '');
  url.search = await request.clone().text();
  return url;
}

function route(archive: FakeArchive, options: FakeArchiveOptions, request: Request, url: URL): Response {
  const path = url.pathname.replace('/fhir/', '');
  const { documents = 3 } = options;
  const version = /^DocumentReference\/(d\d+)(?:\/_history\/(\d+))?$/.exec(path);
  if (path === 'metadata') return json(capabilityStatement(options));
  if (path === 'List/r1/$record-manifest') return manifestResponse(archive, options, request);
  if (path === 'List/r1')
    return json(
      folder(
        'r1',
        range(documents).map((index) => `d${index}`),
      ),
    );
  if (path === 'List') return json(bundle(url, foldersFor(url.searchParams.get('item') ?? ''), []));
  if (path === 'Patient/p1') return json(patient());
  if (path === 'DocumentReference' && url.searchParams.has('_id')) return byId(url);
  if (path === 'DocumentReference') return search(url, options);
  if (path === 'DocumentReference/d1/_history') return history(url);
  if (version && (version[2] ?? '1') === '1') return json(documentReference(version[1] ?? ''));
  if (/\/\$page$/.test(path) && options.pageService !== false && Number(url.searchParams.get('index')) < 2) {
    return new Response(new Uint8Array([0xff, 0xd8, 0xff]), { headers: { 'content-type': 'image/jpeg' } });
  }
  if (/\/\$page-text$/.test(path) && options.pageService !== false) {
    return json({
      pageIndex: 0,
      text: '患者',
      runs: [{ text: '患者', x: 1, y: 2, width: 3, height: 4 }],
      source: 'pdf',
    });
  }
  if (path.startsWith('Binary/')) return binary(archive, options, request);
  return json({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] }, { status: 404 });
}

export function json(value: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return new Response(JSON.stringify(value), {
    status: init.status ?? 200,
    headers: { 'content-type': 'application/fhir+json', 'x-request-id': 'archive-request-1', ...init.headers },
  });
}

function capabilityStatement({ pageService = true, fullText = true }: FakeArchiveOptions): unknown {
  const extension = [
    { url: 'page-service', valueBoolean: pageService },
    { url: 'full-text', valueBoolean: fullText },
    { url: 'range', valueBoolean: true },
    { url: 'workflow', valueCode: 'enforced' },
    { url: 'upload', valueCode: 'tus' },
    { url: 'max-page-size', valueDecimal: 100 },
  ];
  const own = pageService ? { extension: [{ url: extensions.archiveCapabilities, extension }] } : {};
  return { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', ...own };
}

function manifestResponse(archive: FakeArchive, options: FakeArchiveOptions, request: Request): Response {
  if (options.pageService === false) return json({ resourceType: 'OperationOutcome', issue: [] }, { status: 404 });
  const etag = `"${archive.manifestVersion}"`;
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });
  return json(manifest(archive.manifestVersion, options.documents ?? 3), { headers: { etag } });
}

export function manifest(version: string, documents: number): Record<string, unknown> {
  return {
    recordId: 'r1',
    version,
    status: 'archived',
    summary: { recordId: 'r1', patientId: 'p1', patientName: '测试一', gender: 'female', visitNumber: 2 },
    documents: range(documents).map((index) => ({
      documentId: `d${index}`,
      versionId: '1',
      type: { code: 'C0034', display: '入院记录' },
      category: { code: 'admission', display: '入院记录' },
      title: `入院记录 ${index}`,
      dateTime: '2026-01-02T08:00:00+08:00',
      author: '医生甲',
      mime: 'application/pdf',
      sizeBytes: 1000,
      labels: ['N'],
      state: 'ready',
      pages: [{ pageId: `d${index}-0`, widthPt: 595, heightPt: 842, rotationDeg: 0, kind: 'text', widthsPx: [480] }],
    })),
  };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function folder(id: string, documentIds: readonly string[]): unknown {
  return {
    resourceType: 'List',
    id,
    meta: { versionId: '7', profile: [profiles.recordFolder] },
    status: 'current',
    subject: { reference: 'Patient/p1' },
    identifier: [{ system: identifierSystems.recordNumber, value: `00${id}` }],
    extension: [{ url: extensions.visitNumber, valuePositiveInt: 2 }],
    entry: documentIds.map((documentId) => ({ item: { reference: `DocumentReference/${documentId}` } })),
  };
}

function foldersFor(items: string): unknown[] {
  const ids = items.split(',').map((item) => item.replace('DocumentReference/', ''));
  return ids.filter((id) => id !== '').map((id) => folder(`r${id.slice(1)}`, [id]));
}

function patient(): unknown {
  return {
    resourceType: 'Patient',
    id: 'p1',
    gender: 'female',
    birthDate: '1960-05-06',
    name: [
      { text: 'ce shi yi', extension: [{ url: extensions.nameRepresentation, valueCode: 'SYL' }] },
      { text: '测试一' },
    ],
  };
}

export function documentReference(id: string, type = id === 'd1' ? 'C0032' : 'C0034'): Record<string, unknown> {
  return {
    resourceType: 'DocumentReference',
    id,
    meta: { versionId: '1', lastUpdated: '2026-01-04T00:00:00Z' },
    status: 'current',
    type: { coding: [{ system: codeSystems.documentType, code: type, display: '病案文书' }] },
    subject: { reference: 'Patient/p1' },
    date: '2026-01-03T09:00:00+08:00',
    author: [{ display: '医生甲' }],
    securityLabel: [{ coding: [{ system: codeSystems.confidentiality, code: 'N' }] }],
    content: [
      { attachment: { contentType: 'application/pdf', url: `Binary/b-${id}`, size: 1000, title: `文书 ${id}` } },
    ],
    context: {
      practiceSetting: { coding: [{ code: 'card', display: '心内科' }] },
      period: { start: '2026-01-01T08:00:00+08:00', end: '2026-01-03T10:00:00+08:00' },
      event: [{ coding: [{ code: 'I21.9', display: '急性心肌梗死' }] }],
    },
  };
}

function byId(url: URL): Response {
  const ids = (url.searchParams.get('_id') ?? '').split(',').reverse();
  return json(
    bundle(
      url,
      ids.map((id) => documentReference(id)),
      [],
    ),
  );
}

function search(url: URL, options: FakeArchiveOptions): Response {
  const { records = 3, revinclude = true } = options;
  const count = Number(url.searchParams.get('_count') ?? '20');
  const offset = Number(url.searchParams.get('_cursor') ?? '0');
  const ids = range(records).slice(offset, offset + count);
  const included = [patient(), ...(revinclude ? ids.map((index) => folder(`r${index}`, [`d${index}`])) : [])];
  const self = new URL(url);
  if (options.dropFilter !== undefined) self.searchParams.delete(options.dropFilter);
  const next = new URL(url);
  next.searchParams.set('_cursor', String(offset + count));
  const body = bundle(
    self,
    ids.map((index) => documentReference(`d${index}`, 'C0032')),
    included,
  );
  const more = offset + count < records ? [{ relation: 'next', url: next.href }] : [];
  return json({ ...body, total: records, link: [...body.link, ...more] });
}

function history(url: URL): Response {
  const versions = ['2', '1'].map((versionId) => ({
    ...documentReference('d1'),
    meta: { versionId, lastUpdated: 'x' },
  }));
  return json({ ...bundle(url, versions, []), type: 'history' });
}

function bundle(self: URL, matches: readonly unknown[], included: readonly unknown[]) {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [{ relation: 'self', url: self.href }],
    entry: [
      ...matches.map((resource) => ({ resource, search: { mode: 'match' } })),
      ...included.map((resource) => ({ resource, search: { mode: 'include' } })),
    ],
  };
}

function binary(archive: FakeArchive, options: FakeArchiveOptions, request: Request): Response {
  const bytes = archive.fileBytes;
  const headers = { 'content-type': 'application/pdf', etag: '"b1"', 'accept-ranges': 'bytes' };
  const match = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '');
  if (!match || options.ranges === false) {
    return new Response(bytes, { headers: { ...headers, 'content-length': String(bytes.length) } });
  }
  const [start, end] = [Number(match[1]), Number(match[2])];
  return new Response(bytes.slice(start, end + 1), {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
  });
}
