import type { FormAppearance } from '../appearance/appearance.js';
import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import type { SignerIdentity, SignRequest } from '../signers/signer.js';
import type {
  AddedSignature,
  AppearanceContext,
  SignatureOptions,
  SigningProgress,
  SigningSetup,
} from '../signing/types.js';
import type { RevocationEvidence, TrustPurpose } from '../trust/ports.js';
import type { VerifyOptions } from '../verify/options.js';
import type { PageRenderer } from '../verify/page-renderer.js';
import type { ValidationReport } from '../verify/report.js';

/** A service that the worker asks by itself. */
export interface ServiceAddress {
  /** Address of the service; relative to the page. */
  readonly url: string;
}

/** What stays with the page: keys, host callbacks, drawing. The worker asks for it while it works. */
export interface HostPorts {
  identity(signature: number): Promise<SignerIdentity>;
  sign(signature: number, requests: readonly SignRequest[]): Promise<readonly Uint8Array[]>;
  appearance(signature: number, context: AppearanceContext): Promise<FormAppearance>;
  timestamp(request: { readonly hash: HashAlgorithm; readonly imprint: Uint8Array }): Promise<Uint8Array>;
  revocation(request: {
    readonly certificate: Uint8Array;
    readonly issuer: Uint8Array;
  }): Promise<readonly RevocationEvidence[]>;
  anchors(purpose: TrustPurpose): Promise<readonly Uint8Array[]>;
  render(request: Omit<Parameters<PageRenderer['render']>[0], 'signal'>): ReturnType<PageRenderer['render']>;
  progress(progress: SigningProgress): void;
}

/** A port of the page: by callback (`host`), or an address that the worker asks itself. */
export type PortChoice = 'host' | ServiceAddress | undefined;

/** One signature as it crosses to the worker. */
export interface WireSignature extends Omit<SignatureOptions, 'signer' | 'appearance'> {
  readonly kind: string;
  readonly capabilities: SignatureOptions['signer']['capabilities'];
  readonly drawn: boolean;
}

/** Settings of a call as they cross to the worker. */
export interface WireSetup extends Omit<
  SigningSetup,
  'signal' | 'askSecret' | 'onProgress' | 'engine' | 'clock' | 'timestampAuthority' | 'revocation'
> {
  readonly timestampAuthority: PortChoice;
  readonly revocation: PortChoice;
}

/** A file and what is to be done with it. */
export type SigningTask =
  | { readonly kind: 'sign'; readonly file: Blob; readonly signatures: readonly WireSignature[] }
  | { readonly kind: 'batch'; readonly files: readonly Blob[]; readonly signature: WireSignature }
  | { readonly kind: 'timestamp' | 'validation-data' | 'renew'; readonly file: Blob };

/** What was added to one file. */
export interface WireSigned {
  readonly increments: readonly Uint8Array<ArrayBuffer>[];
  readonly signatures: readonly AddedSignature[];
}

/** Settings of a check as they cross to the worker. */
export interface WireCheck extends Omit<VerifyOptions, 'trustStore' | 'revocation' | 'engine' | 'renderer' | 'signal'> {
  readonly revocation: PortChoice;
  readonly rendered: boolean;
}

/** The worker as the page sees it; `callId` names a call for `cancel`. */
export interface SignWorker {
  backend(): Promise<CryptoEngine['backend']>;
  work(callId: number, task: SigningTask, setup: WireSetup, ports: HostPorts): Promise<readonly WireSigned[]>;
  verify(callId: number, file: Blob, check: WireCheck, ports: HostPorts): Promise<ValidationReport>;
  cancel(callId: number): Promise<void>;
}
