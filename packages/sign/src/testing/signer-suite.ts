import { AnjuanError } from '@anjuan/core';
import { expectThat, type SuiteRunner } from '@anjuan/core/testing';
import { openCryptoEngine } from '../crypto/index.js';
import { equalBytes } from '../der/index.js';
import type { SecretQuestion, Signer, SignRequest } from '../signers/signer.js';
import { parseCertificate } from '../x509/index.js';

/** A signer with a simulated service or device behind it, and what the suite may do to that. Fresh for each test. */
export interface SignerFixture {
  readonly signer: Signer;
  /** A request to sign `data`: `digest` or `bytes`, or another kind with `holds`. */
  readonly request: (data: Uint8Array) => Promise<SignRequest> | SignRequest;
  /** True when the value is of this data. Default: checks the signature under the key of the identity. */
  readonly holds?: (value: Uint8Array, data: Uint8Array) => Promise<boolean>;
  /** The right PIN; absent where none is asked for. */
  readonly pin?: string;
  /** Further answers by kind of question. */
  readonly oneTimeCode?: string;
  /** The PIN is asked for at the first identity, not for each signing. */
  readonly asksAtOpening?: boolean;
  /** The device tells how many tries are left. */
  readonly countsAttempts?: boolean;
  /** Locks the key; absent where keys do not lock. */
  readonly lock?: () => void;
  /** Takes the service away; absent where there is none. */
  readonly stop?: () => void;
  /** What `stop` looks like. Default `signer-unavailable`. */
  readonly stoppedCode?: 'signer-unavailable' | 'signer-service-missing' | 'signer-service-blocked';
  /** The service takes requests and says nothing. */
  readonly silence?: () => void;
  /** The second of several signatures fails, then all is well again after `heal`. */
  readonly failSecond?: () => void;
  readonly heal?: () => void;
  /** Signatures that the device made. */
  readonly made?: () => number;
  readonly dispose?: () => Promise<void> | void;
}

type Asking = {
  readonly questions: SecretQuestion[];
  readonly askSecret: (question: SecretQuestion) => Promise<string | undefined>;
};

/** Answers from a list, the last one again and again. */
function asking(...answers: readonly (string | undefined)[]): Asking {
  const questions: SecretQuestion[] = [];
  let pins = 0;
  return {
    questions,
    askSecret: (question) => {
      questions.push(question);
      const answer = answers[Math.min(pins, answers.length - 1)];
      pins += 1;
      return Promise.resolve(answer);
    },
  };
}

const dataOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function failureOf(promise: Promise<unknown>): Promise<AnjuanError> {
  try {
    await promise;
  } catch (error) {
    expectThat(AnjuanError.is(error), `an AnjuanError, got ${String(error)}`);
    return error;
  }
  throw new Error('Expected: a failure');
}

async function expectCode(promise: Promise<unknown>, ...codes: readonly string[]): Promise<AnjuanError> {
  const error = await failureOf(promise);
  expectThat(codes.includes(error.code), `${codes.join(' or ')}, got ${error.code} ${JSON.stringify(error.details)}`);
  return error;
}

/** What every Signer must do. Run it in any framework: `signerSuite({ describe, it }, 'csc', createFixture)`. */
export function signerSuite(
  { describe, it }: SuiteRunner,
  name: string,
  create: () => Promise<SignerFixture> | SignerFixture,
): void {
  const test = (title: string, body: (fixture: SignerFixture) => Promise<void>): void =>
    it(title, async () => {
      const fixture = await create();
      try {
        await body(fixture);
      } finally {
        await fixture.dispose?.();
      }
    });
  /** For what only some devices have: others have nothing to show. */
  const testWith = <K extends keyof SignerFixture>(
    part: K,
    title: string,
    body: (fixture: SignerFixture & Required<Pick<SignerFixture, K>>) => Promise<void>,
  ): void =>
    test(title, async (fixture) => {
      if (has(fixture, part)) await body(fixture);
    });

  const right = ({ pin, oneTimeCode }: SignerFixture): Asking => {
    const ask = asking(pin);
    if (oneTimeCode === undefined) return ask;
    return {
      questions: ask.questions,
      askSecret: async (question) => ((await ask.askSecret(question), question.kind === 'pin') ? pin : oneTimeCode),
    };
  };

  const holds = async (fixture: SignerFixture, value: Uint8Array, data: Uint8Array): Promise<boolean> => {
    if (fixture.holds) return fixture.holds(value, data);
    const { certificate, algorithm } = await fixture.signer.identity(right(fixture));
    const publicKey = parseCertificate(certificate).spki;
    return (await openCryptoEngine()).verify({ algorithm, publicKey, signature: value, data });
  };

  describe(`Signer: ${name}`, () => {
    test('says who signs before anything is signed, and the same again', async (fixture) => {
      const { signer } = fixture;
      const first = await signer.identity(right(fixture));
      const second = await signer.identity(right(fixture));
      expectThat(equalBytes(first.certificate, second.certificate), 'the same certificate');
      expectThat(parseCertificate(first.certificate).der.byteLength > 0, 'a certificate');
      expectThat(signer.capabilities.length > 0, 'at least one capability');
    });

    test('signs, and the signature holds', async (fixture) => {
      const data = dataOf('one');
      const [value = new Uint8Array()] = await fixture.signer.sign([await fixture.request(data)], right(fixture));
      expectThat(await holds(fixture, value, data), 'a signature of the data');
      expectThat(!(await holds(fixture, value, dataOf('two'))), 'no signature of other data');
    });

    test('gives results in the order of the requests, under one authorization', async (fixture) => {
      const { signer, request } = fixture;
      const all = ['a', 'b', 'c', 'd'].map(dataOf);
      await signer.identity(right(fixture));
      const ask = right(fixture);
      const values = await signer.sign(await Promise.all(all.map(request)), ask);
      expectThat(values.length === all.length, 'as many results as requests');
      for (const [index, data] of all.entries())
        expectThat(
          await holds(fixture, values[index] ?? new Uint8Array(), data),
          `result ${index} of request ${index}`,
        );
      const pins = ask.questions.filter(({ kind }) => kind === 'pin').length;
      const expected = fixture.pin === undefined || fixture.asksAtOpening ? 0 : 1;
      expectThat(pins === expected, `${expected} questions for a PIN, got ${pins}`);
    });

    test('signs nothing for nothing, without a question', async ({ signer }) => {
      const ask = asking(undefined);
      expectThat((await signer.sign([], ask)).length === 0 && ask.questions.length === 0, 'nothing');
    });

    test('refuses a kind that it cannot sign', async (fixture) => {
      const { signer } = fixture;
      const digest = new Uint8Array(32);
      const kinds: readonly SignRequest[] = [
        { kind: 'bytes', data: digest },
        { kind: 'digest', hash: 'sha-256', digest },
        { kind: 'cms', hash: 'sha-256', digest },
        { kind: 'seal', digest, propertyInfo: '' },
      ];
      for (const request of kinds.filter(({ kind }) => !signer.capabilities.includes(kind)))
        await expectCode(signer.sign([request], right(fixture)), 'signer-refused');
    });

    testWith('pin', 'asks again after a wrong PIN, and signs with the right one', async (fixture) => {
      const ask = asking('not-it', fixture.pin);
      const data = dataOf('again');
      const { oneTimeCode } = fixture;
      let codes = 0;
      const [value = new Uint8Array()] = await fixture.signer.sign([await fixture.request(data)], {
        askSecret: async (question) => {
          if (question.kind === 'pin') return ask.askSecret(question);
          codes += 1;
          return Promise.resolve(oneTimeCode);
        },
      });
      expectThat(await holds(fixture, value, data), 'a signature');
      const [first, second] = ask.questions;
      expectThat(first?.again === false && second?.again === true, 'a second question that says so');
      expectThat(codes <= 1 || oneTimeCode !== undefined, 'no code where none is needed');
      if (fixture.countsAttempts)
        expectThat((second.attemptsLeft ?? 0) < (first.attemptsLeft ?? 0), 'fewer tries left at the second question');
    });

    testWith('pin', 'gives up after wrong PINs, and signs nothing', async (fixture) => {
      const ask = asking('not-it');
      const oneTimeCode = fixture.oneTimeCode ?? '';
      const asked = fixture.signer.sign([await fixture.request(dataOf('never'))], {
        askSecret: (question) => (question.kind === 'pin' ? ask.askSecret(question) : Promise.resolve(oneTimeCode)),
      });
      const error = await expectCode(asked, 'signer-pin-wrong', 'signer-locked');
      expectThat(ask.questions.length >= 1 && ask.questions.length <= 5, 'a few questions');
      if (fixture.countsAttempts && error.code === 'signer-pin-wrong')
        expectThat(Number(error.details['attemptsLeft']) > 0, 'the tries that are left');
      expectThat((fixture.made?.() ?? 0) === 0, 'nothing signed');
    });

    testWith('pin', 'is cancelled by no answer, and signs nothing', async (fixture) => {
      const request = await fixture.request(dataOf('never'));
      await expectCode(fixture.signer.sign([request], asking(undefined)), 'signer-cancelled');
      await expectCode(fixture.signer.sign([request]), 'signer-cancelled');
      expectThat((fixture.made?.() ?? 0) === 0, 'nothing signed');
    });

    testWith('pin', 'ends at once when the call is aborted during the question', async (fixture) => {
      const controller = new AbortController();
      const asked = fixture.signer.sign([await fixture.request(dataOf('never'))], {
        signal: controller.signal,
        askSecret: () => {
          controller.abort();
          return new Promise(() => undefined);
        },
      });
      await expectCode(asked, 'aborted');
      expectThat((fixture.made?.() ?? 0) === 0, 'nothing signed');
    });

    testWith('lock', 'says that the key is locked', async (fixture) => {
      fixture.lock();
      await expectCode(fixture.signer.sign([await fixture.request(dataOf('x'))], right(fixture)), 'signer-locked');
    });

    test('does nothing for a call that was aborted before', async (fixture) => {
      const controller = new AbortController();
      controller.abort();
      const options = { ...right(fixture), signal: controller.signal };
      await expectCode(fixture.signer.sign([await fixture.request(dataOf('x'))], options), 'aborted');
      await expectCode(fixture.signer.identity(options), 'aborted');
    });

    testWith('silence', 'ends when the call is aborted while the service is silent', async (fixture) => {
      fixture.silence();
      const controller = new AbortController();
      const asked = fixture.signer.identity({ ...right(fixture), signal: controller.signal });
      queueMicrotask(() => controller.abort());
      await expectCode(asked, 'aborted');
    });

    testWith('stop', 'says that the service is not there, and works when it is back', async (fixture) => {
      fixture.stop();
      const code = fixture.stoppedCode ?? 'signer-unavailable';
      await expectCode(fixture.signer.identity(right(fixture)), code);
      const data = dataOf('back');
      await expectCode(fixture.signer.sign([await fixture.request(data)], right(fixture)), code);
      fixture.heal?.();
      const [value = new Uint8Array()] = await fixture.signer.sign([await fixture.request(data)], right(fixture));
      expectThat(await holds(fixture, value, data), 'a signature');
    });

    testWith('failSecond', 'gives all or none, and works again afterwards', async (fixture) => {
      fixture.failSecond();
      const requests = await Promise.all(['a', 'b', 'c'].map((text) => fixture.request(dataOf(text))));
      await expectCode(
        fixture.signer.sign(requests, right(fixture)),
        'signer-refused',
        'signer-unavailable',
        'signer-protocol',
      );
      fixture.heal?.();
      const values = await fixture.signer.sign(requests, right(fixture));
      expectThat(values.length === 3, 'three results');
    });

    test('keeps two calls at once apart', async (fixture) => {
      const all = ['left', 'right'].map(dataOf);
      const signed = await Promise.all(
        all.map(async (data) => fixture.signer.sign([await fixture.request(data)], right(fixture))),
      );
      for (const [index, data] of all.entries())
        expectThat(await holds(fixture, signed[index]?.[0] ?? new Uint8Array(), data), `signature ${index}`);
    });

    test('can be used again and again', async (fixture) => {
      for (const text of ['first', 'second', 'third']) {
        const data = dataOf(text);
        const [value = new Uint8Array()] = await fixture.signer.sign([await fixture.request(data)], right(fixture));
        expectThat(await holds(fixture, value, data), `${text} signature`);
      }
    });
  });
}

function has<K extends keyof SignerFixture>(
  fixture: SignerFixture,
  part: K,
): fixture is SignerFixture & Required<Pick<SignerFixture, K>> {
  return fixture[part] !== undefined;
}
