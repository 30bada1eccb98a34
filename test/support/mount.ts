import '@anjuan/core/define';
import '@anjuan/viewer/define';
import type { Telemetry, Transport } from '@anjuan/core';
import type { AnjuanViewer } from '@anjuan/viewer';

export interface Mounted {
  readonly provider: HTMLElement;
  readonly viewer: AnjuanViewer;
  remove(): void;
}

/** A JPEG of one grey A4 page. */
export async function greyPage(widthPx: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(widthPx, Math.round(widthPx * Math.SQRT2));
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = 'gainsboro';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  return canvas.convertToBlob({ type: 'image/jpeg' });
}

/** A provider with a viewer in a frame of 900 x 700 px, not yet opened. */
export function mountViewer(options: { readonly transport: Transport; readonly telemetry?: Telemetry }): Mounted {
  const provider = document.createElement('anjuan-provider');
  const viewer = document.createElement('anjuan-viewer');
  Object.assign(viewer.style, { width: '900px', height: '700px' });
  Object.assign(provider, { transport: options.transport, telemetry: options.telemetry, getToken: () => 'token' });
  provider.setAttribute('base-url', '/fhir');
  provider.setAttribute('assets-url', '/assets/');
  provider.append(viewer);
  document.body.append(provider);
  return { provider, viewer, remove: () => provider.remove() };
}

/** Resolves with the detail of the next event of a name. */
export function nextEvent<K extends keyof HTMLElementEventMap>(
  target: EventTarget,
  type: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => {
    target.addEventListener(type, (event) => resolve(event as HTMLElementEventMap[K]), { once: true });
  });
}
