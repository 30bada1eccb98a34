import type { RecordManifest, Transport } from '@anjuan/core';
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import type { AnjuanViewer } from '@anjuan/viewer';
import { storyArchive, type StoryArchiveOptions } from '../fixtures/story-archive.js';

/** What a viewer story may choose. */
export interface FrameArgs {
  readonly recordId?: string;
  readonly documentId?: string;
  readonly pageNumber?: number;
  readonly source?: 'auto' | 'rendition' | 'pdf';
  /** Default: as wide as the story. */
  readonly widthPx?: number;
  readonly lang?: 'zh-CN' | 'en';
  readonly theme?: 'light' | 'dark' | 'contrast';
  readonly density?: 'compact' | 'comfortable' | 'touch';
  readonly textSize?: 'normal' | 'large';
  readonly archive?: StoryArchiveOptions;
  /** Types of documents that the reader may know of, but not read. */
  readonly lockedTypes?: readonly string[];
  /** False: no archive at all. */
  readonly connected?: boolean;
}

/** A viewer on the sample records, in a frame of the size under test. */
export function viewerFrame(args: FrameArgs): TemplateResult {
  const { transport: archive, baseUrl, getToken } = storyArchive(args.archive);
  const transport = args.lockedTypes ? locking(archive, args.lockedTypes) : archive;
  const connected = args.connected ?? true;
  const size = { width: args.widthPx === undefined ? '100%' : `${args.widthPx}px`, height: '100vh' };
  return html`<anjuan-provider
    base-url=${connected ? baseUrl : nothing}
    .transport=${transport}
    .getToken=${getToken}
    lang=${args.lang ?? nothing}
    theme=${args.theme ?? nothing}
    density=${args.density ?? nothing}
    text-size=${args.textSize ?? nothing}
  >
    <div style=${styleMap(size)}>
      <anjuan-viewer
        record-id=${args.recordId ?? nothing}
        document-id=${args.documentId ?? nothing}
        page-number=${args.pageNumber ?? nothing}
        source=${args.source ?? 'auto'}
      ></anjuan-viewer>
    </div>
  </anjuan-provider>`;
}

/** The archive of a stricter hospital: some types of documents are stubs to this reader. */
function locking(archive: Transport, types: readonly string[]): Transport {
  return async (request) => {
    const response = await archive(request);
    if (!request.url.includes('$record-manifest') || !response.ok) return response;
    const manifest = (await response.json()) as RecordManifest;
    const documents = manifest.documents.map((document) =>
      types.includes(document.type.code) ? { ...document, state: 'locked', reason: 'label', pages: [] } : document,
    );
    return Response.json({ ...manifest, documents }, { headers: { etag: response.headers.get('etag') ?? '' } });
  };
}

export function viewerIn(canvas: HTMLElement): AnjuanViewer {
  const viewer = canvas.querySelector('anjuan-viewer');
  if (!viewer) throw new Error('The story has no viewer');
  return viewer;
}

const SOON_MS = 20_000;

/** Looks again at each frame until it holds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const startMs = performance.now();
  while (!holds()) {
    if (performance.now() - startMs > SOON_MS) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

export function find(viewer: AnjuanViewer, selector: string): HTMLElement {
  const found = viewer.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The viewer shows no ${selector}`);
  return found;
}

export function shown(viewer: AnjuanViewer): string {
  return viewer.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';
}

/** The record is open and its first page is sharp. */
export async function untilRead(canvas: HTMLElement): Promise<AnjuanViewer> {
  const viewer = viewerIn(canvas);
  await until(() => viewer.status === 'ready', 'the record opens');
  await until(() => viewer.shadowRoot?.querySelector('.page[data-state="sharp"]') !== null, 'a page is sharp');
  return viewer;
}

/** The viewer shows a state panel with these words. */
export async function untilSays(canvas: HTMLElement, words: string): Promise<AnjuanViewer> {
  const viewer = viewerIn(canvas);
  await until(() => shown(viewer).includes(words), words);
  return viewer;
}
