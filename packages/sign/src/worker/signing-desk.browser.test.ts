import { AnjuanError, Scope } from '@anjuan/core';
import { expect } from 'chai';
import { signError } from '../errors/sign-codes.js';
import { webCryptoSigner } from '../signers/webcrypto/web-crypto-signer.js';
import type { Signer } from '../signers/signer.js';
import { issueCertificate } from '../testing/issue-certificate.js';
import { fixedTrustStore } from '../trust/fixed-trust-store.js';
import { openSigningDesk, type SigningDesk } from './open-signing-desk.js';

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (AnjuanError.is(error) ? error.code : String(error)),
  );

/** A consent of the sample records that waits for its signatures. */
async function consent(): Promise<Blob> {
  return (await fetch('/fixtures/records/small/small-consent/small-consent-consent-unsigned.pdf')).blob();
}

describe('signing desk', () => {
  const RealWorker = globalThis.Worker;
  const workers: Worker[] = [];
  let scope: Scope;
  let desk: SigningDesk;
  let signer: Signer;
  let root: Uint8Array;
  let file: Blob;

  before(async () => {
    globalThis.Worker = class extends RealWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.push(this);
      }
    };
    const issuer = await issueCertificate({ name: '测试根证书', authority: true, keyUsage: '000001100' });
    const holder = await issueCertificate({ name: '测试医师', issuer, keyUsage: '110000000' });
    root = issuer.certificate.der;
    signer = webCryptoSigner({
      key: holder.keys.privateKey,
      certificate: holder.certificate.der,
      chain: [root],
    });
    file = await consent();
  });
  after(() => (globalThis.Worker = RealWorker));
  beforeEach(() => {
    scope = new Scope();
    desk = openSigningDesk({ assetsUrl: '/assets/', scope });
  });
  afterEach(() => scope.dispose());

  const check = () => ({
    trustStore: fixedTrustStore({ signature: [root] }),
    policy: { revocation: 'ignore' } as const,
  });

  it('adds a signature behind the file and gives the verdict; the original bytes stay', async () => {
    const signed = await desk.sign(file, [{ signer, reason: '知情同意' }]);
    expect(await signed.file.slice(0, file.size).text()).to.equal(await file.text());
    expect(signed.signatures.map(({ kind }) => kind)).to.deep.equal(['signature']);
    const report = await desk.verify(signed.file, check());
    expect(report.indication).to.equal('TOTAL_PASSED');
    expect(report.signatures[0]?.reasonText).to.equal('知情同意');
    const bytes = new Uint8Array(await signed.file.arrayBuffer());
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    const tampered = await desk.verify(new Blob([bytes]), check()).then(
      ({ indication }) => indication,
      (error: unknown) => AnjuanError.from(error).code,
    );
    expect(tampered).to.be.oneOf(['TOTAL_FAILED', 'pdf-malformed']);
  });

  it('signs a batch with one call of the signer, and tells progress', async () => {
    const calls: number[] = [];
    const counting: Signer = {
      ...signer,
      sign: (requests, options) => {
        calls.push(requests.length);
        return signer.sign(requests, options);
      },
    };
    const phases = new Set<string>();
    const signed = await desk.signBatch(
      [file, file, file],
      { signer: counting },
      { onProgress: ({ phase }) => phases.add(phase) },
    );
    expect(signed).to.have.length(3);
    expect(calls).to.deep.equal([3]);
    expect([...phases]).to.include('sign');
  });

  it('keeps keys and secrets in the page: the worker gets digests and values only', async () => {
    const asked: string[] = [];
    const asking: Signer = {
      ...signer,
      sign: async (requests, options) => {
        asked.push((await options?.askSecret?.({ kind: 'pin', again: false })) ?? '');
        return signer.sign(requests, options);
      },
    };
    const sent: unknown[] = [];
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function watched(this: MessagePort, ...args: Parameters<typeof post>) {
      sent.push(args[0]);
      return post.apply(this, args);
    } as typeof post;
    try {
      await desk.sign(file, [{ signer: asking }], { askSecret: () => Promise.resolve('20261122') });
    } finally {
      MessagePort.prototype.postMessage = post;
    }
    expect(asked).to.deep.equal(['20261122']);
    expect(sent.length).to.be.greaterThan(0);
    expect(JSON.stringify(sent)).to.not.include('20261122');
  });

  it('passes refusals of signers on with their codes; nothing is half signed', async () => {
    const wrong: Signer = {
      ...signer,
      sign: () => Promise.reject(signError('signer-pin-wrong', { details: { attemptsLeft: 2 } })),
    };
    const failure = await desk.sign(file, [{ signer: wrong }]).catch((error: unknown) => AnjuanError.from(error));
    expect(failure).to.include({ code: 'signer-pin-wrong' });
    expect((failure as AnjuanError).details).to.deep.equal({ attemptsLeft: 2 });
    const strange: Signer = { ...signer, identity: () => Promise.reject(new RangeError('secret words')) };
    const unforeseen = await desk.sign(file, [{ signer: strange }]).catch((error: unknown) => AnjuanError.from(error));
    expect((unforeseen as AnjuanError).code).to.equal('sign-worker-failed');
    expect(String(unforeseen)).to.not.include('secret words');
  });

  it('can be cancelled while the signer is asked', async () => {
    const controller = new AbortController();
    const slow: Signer = {
      ...signer,
      sign: (_requests, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => reject(new AnjuanError('aborted')), { once: true });
          controller.abort();
        }),
    };
    expect(await codeOf(desk.sign(file, [{ signer: slow }], { signal: controller.signal }))).to.equal('aborted');
  });

  it('starts anew after a crash; the call under way says so', async () => {
    await desk.verify(file, check());
    const stuck = desk.sign(file, [{ signer: { ...signer, identity: () => new Promise(() => undefined) } }]);
    workers.at(-1)?.dispatchEvent(new ErrorEvent('error', { cancelable: true }));
    expect(await codeOf(stuck)).to.equal('sign-worker-failed');
    expect((await desk.verify(file, check())).signatures).to.have.length(0);
  });

  it('says that the worker is missing or blocked', async () => {
    const nowhere = openSigningDesk({ assetsUrl: '/nowhere/', scope });
    expect(await codeOf(nowhere.verify(file, check()))).to.equal('worker-blocked');
  });
});
