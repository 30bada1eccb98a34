import type { Scope } from '@anjuan/core';
import type { TemplateResult } from 'lit';
import type { CaptureSession } from '../../session/capture-session.js';
import type { PipelineWorker } from '../../worker/protocol.js';
import type { CaptureHost } from '../capture-host.js';
import type { ViewProps } from '../view-props.js';

/** What the editor works with. */
export interface EditorParts {
  readonly host: CaptureHost;
  readonly scope: () => Scope;
  readonly pipeline: () => Promise<PipelineWorker>;
  readonly session: () => CaptureSession | undefined;
}

export class EditorController {
  readonly parts: EditorParts;

  constructor(parts: EditorParts) {
    this.parts = parts;
  }

  async open(_pageId: string): Promise<void> {}

  close(): void {}

  template(_props: ViewProps): TemplateResult | undefined {
    return undefined;
  }
}
