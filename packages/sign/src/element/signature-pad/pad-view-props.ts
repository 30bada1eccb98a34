import type { ErrorCode } from '@anjuan/core';
import type { Locale } from '@anjuan/core/element';
import type { TemplateResult } from 'lit';
import type { SignaturePadTexts } from '../locales/signature-pad.js';
import type { AlternativesPolicy, PadMode, SignatureStamp } from './alternatives.js';
import type { InkCounts } from './signature-pad-events.js';
import type { SourceState } from './source-controller.js';

/** One line below the paper. */
export type PadNotice =
  | { readonly kind: 'none' | 'confirmed' | 'restored' | 'policy' }
  | { readonly kind: 'error'; readonly code: ErrorCode };

/** What the user does with the parts of the pad. */
export interface PadActions {
  readonly pointer: (event: PointerEvent) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly clear: () => void;
  /** The answer to "clear all?". */
  readonly answerClear: (clear: boolean) => void;
  readonly use: (mode: PadMode) => void;
  readonly type: (text: string) => void;
  readonly choose: (stamp: SignatureStamp) => void;
  readonly reconnect: () => void;
}

/** Everything the views show. */
export interface PadViewProps {
  readonly texts: SignaturePadTexts;
  readonly locale: Locale;
  readonly mode: PadMode;
  readonly counts: InkCounts;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** "Clear all?" is asked now. */
  readonly asking: boolean;
  readonly disabled: boolean;
  readonly penOnly: boolean;
  readonly missing: boolean;
  readonly notice: PadNotice;
  readonly source: SourceState;
  readonly alternatives: AlternativesPolicy;
  readonly policyText: string;
  readonly typedText: string;
  readonly stamps: readonly SignatureStamp[];
  readonly stampId: string | undefined;
  readonly signerName: string | undefined;
  readonly signedOn: string | undefined;
  readonly live: TemplateResult;
  readonly actions: PadActions;
}
