import type { ChaosPlan, PlannedBatch } from './plan.js';
import type { World } from './world.js';

/** What is wrong in the archive after a run; all empty is the aim. */
export interface ChaosFindings {
  /** Confirmed by the shutter, not in the archive. */
  readonly lost: readonly string[];
  readonly duplicated: readonly string[];
  readonly outOfOrder: readonly string[];
  /** Bytes other than those the shutter confirmed. */
  readonly altered: readonly string[];
  /** Pages of the plan that were never confirmed. */
  readonly unconfirmed: readonly string[];
}

interface Reference {
  readonly reference: string;
}
interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly masterIdentifier?: { readonly value: string };
  readonly entry?: readonly { readonly item: Reference }[];
  readonly entity?: readonly { readonly role: string; readonly what: Reference }[];
  readonly content?: readonly { readonly attachment: { readonly url: string } }[];
}

/** Reads the archive as the integration account and compares it with the plan, page by page. */
export async function verify(
  plan: ChaosPlan,
  {
    world,
    confirmed,
    moved,
  }: {
    readonly world: World;
    readonly confirmed: ReadonlyMap<string, { readonly sha256: string }>;
    readonly moved: readonly string[];
  },
): Promise<ChaosFindings> {
  const findings = {
    lost: [] as string[],
    duplicated: [] as string[],
    outOfOrder: [] as string[],
    altered: [...moved],
    unconfirmed: [] as string[],
  };
  const folders = new Map<string, readonly string[]>();
  for (const recordId of plan.records) {
    const list = await read(world, `List/${recordId}`);
    folders.set(
      recordId,
      (list.entry ?? []).map(({ item }) => item.reference),
    );
  }
  for (const batch of plan.batches) {
    for (const page of batch.pages) if (!confirmed.has(page.pageId)) findings.unconfirmed.push(page.pageId);
    for (const [index, documentId] of batch.documentIds.entries()) {
      await verifyDocument({ batch, index, documentId }, { world, confirmed, folders, findings });
    }
  }
  return findings;
}

async function verifyDocument(
  { batch, index, documentId }: { readonly batch: PlannedBatch; readonly index: number; readonly documentId: string },
  {
    world,
    confirmed,
    folders,
    findings,
  }: {
    readonly world: World;
    readonly confirmed: ReadonlyMap<string, { readonly sha256: string }>;
    readonly folders: ReadonlyMap<string, readonly string[]>;
    readonly findings: { readonly [K in keyof ChaosFindings]: string[] };
  },
): Promise<void> {
  const planned = batch.pages.filter(({ document }) => document === index).map(({ pageId }) => pageId);
  const wanted = planned.map((pageId) => confirmed.get(pageId)?.sha256 ?? '');
  const documents = await find(
    world,
    `DocumentReference?identifier=${encodeURIComponent(`urn:ietf:rfc:3986|urn:uuid:${documentId}`)}`,
  );
  const [document] = documents;
  if (!document) return void findings.lost.push(...planned);
  const inFolder = (folders.get(batch.recordId) ?? []).filter((item) => item === `DocumentReference/${document.id}`);
  if (inFolder.length === 0) findings.lost.push(...planned);
  if (documents.length > 1 || inFolder.length > 1) findings.duplicated.push(...planned);
  const origins = await find(world, `Provenance?target=DocumentReference/${document.id}`);
  if (origins.length !== 1) findings.duplicated.push(...planned);
  const sources = (origins[0]?.entity ?? []).filter(({ role }) => role === 'source').map(({ what }) => what.reference);
  const found: string[] = [];
  for (const source of sources) found.push(await digestOf(world, source));
  for (const [place, sha256] of wanted.entries()) {
    const pageId = planned[place] ?? '';
    const places = found.flatMap((each, at) => (each === sha256 ? [at] : []));
    if (places.length === 0) (found[place] === undefined ? findings.lost : findings.altered).push(pageId);
    else if (places.length > 1) findings.duplicated.push(pageId);
    else if (places[0] !== place) findings.outOfOrder.push(pageId);
  }
  if (found.length > wanted.length) findings.duplicated.push(documentId);
}

async function read(world: World, path: string): Promise<Resource> {
  const answer = await world.fhir(path);
  if (!answer.ok) throw new Error(`${path.split('/')[0] ?? ''}: ${answer.status}`);
  return (await answer.json()) as Resource;
}

async function find(world: World, query: string): Promise<readonly Resource[]> {
  const bundle = (await (await world.fhir(query)).json()) as {
    readonly entry?: readonly { readonly resource: Resource }[];
  };
  return (bundle.entry ?? []).map(({ resource }) => resource);
}

async function digestOf(world: World, source: string): Promise<string> {
  const answer = await world.fhir(source, { headers: { accept: 'image/jpeg' } });
  if (!answer.ok) return '';
  const digest = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer());
  return Buffer.from(digest).toString('hex');
}
