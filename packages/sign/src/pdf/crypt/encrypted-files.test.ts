import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { bytesSource } from '../../bytes/byte-source.js';
import { isDict, isStream, isString, pdfRef } from '../objects.js';
import type { PdfFile } from '../pdf-file.js';
import { listSignatureFields } from '../read/signatures.js';
import { openPdf } from '../read/open-pdf.js';
import { encryptedFiles } from './testing/encrypted-files.data.js';

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1');
const refuses = (reason: string) => (error: unknown) =>
  AnjuanError.is(error, 'pdf-encrypted') && error.details['reason'] === reason;

/** The text and the stream that the catalog names. */
async function secrets(file: PdfFile): Promise<readonly [string, string]> {
  const catalog = await file.resolve(file.trailer.entries.get('Root'));
  assert.ok(isDict(catalog));
  const string = await file.resolve(catalog.entries.get('Text'));
  const stream = await file.resolve(catalog.entries.get('More'));
  assert.ok(isString(string) && isStream(stream));
  return [text(string.bytes), text(await file.decode(stream))];
}

for (const [name, base64] of Object.entries(encryptedFiles)) {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));

  test(`${name}: strings and streams open with both passwords, a signature stays as it is`, async () => {
    for (const password of ['user', 'owner']) {
      const file = await openPdf(bytesSource(bytes), { password });
      assert.deepEqual(await secrets(file), ['secret text', 'secret stream']);
      const [field] = await listSignatureFields(file);
      assert.equal(field?.name, 'doctor');
      assert.equal(text(field?.value?.contents), '\x30\x82\x00\x01');
      const reason = field?.value?.dict.entries.get('Reason');
      assert.equal(isString(reason) && text(reason.bytes), 'approved');
      const [offset = 0, length = 0] = field?.value?.contentsSpan ?? [];
      assert.equal(text(bytes.subarray(offset, offset + length)), '<30820001>');
    }
  });

  test(`${name}: what is encrypted for an object opens for that object`, async () => {
    const { encryption } = await openPdf(bytesSource(bytes), { password: 'user' });
    assert.ok(encryption);
    const handler = encryption as typeof encryption & {
      decryptString(bytes: Uint8Array, owner: ReturnType<typeof pdfRef>): Uint8Array;
    };
    for (const plain of ['', 'a', 'sixteen bytes ok', '张三'.repeat(30)]) {
      const packed = await encryption.encryptString(Buffer.from(plain), pdfRef(70_000, 1));
      assert.equal(Buffer.from(handler.decryptString(packed, pdfRef(70_000, 1))).toString(), plain);
    }
  });

  test(`${name}: no or another password is refused`, async () => {
    await assert.rejects(openPdf(bytesSource(bytes)), refuses('password-missing'));
    await assert.rejects(openPdf(bytesSource(bytes), { password: 'User' }), refuses('password-wrong'));
  });
}

/** The AES 256 file after a change that keeps its length. */
const changed = (from: RegExp, to: string): Promise<PdfFile> => {
  const before = text(Buffer.from(encryptedFiles['AES 256'] ?? '', 'base64'));
  const after = before.replace(from, (found) => to.padEnd(found.length));
  assert.notEqual(before, after);
  return openPdf(bytesSource(Uint8Array.from(Buffer.from(after, 'latin1'))), { password: 'user' });
};

test('other handlers and damaged dictionaries are refused', async () => {
  await assert.rejects(changed(/\/Standard/, '/PubSec'), refuses('handler-unsupported'));
  await assert.rejects(changed(/\/R 6/, '/R 9'), refuses('handler-unsupported'));
  await assert.rejects(changed(/\/AESV3/, '/AESV9'), refuses('handler-unsupported'));
  await assert.rejects(changed(/\/OE </, '/OX <'), (error) => AnjuanError.is(error, 'pdf-malformed'));
  await assert.rejects(changed(/\/P -\d+/, '/Q 0'), (error) => AnjuanError.is(error, 'pdf-malformed'));
});
