import type { AnjuanError } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';
import { parseCertificate, type Certificate } from '../../x509/index.js';
import { fromBase64 } from '../base64.js';
import { protocolError } from '../json-service.js';
import type { SofService } from './sof-service.js';

/** Codes of SOF_ValidateCert; others say nothing that our own checks would not. */
const verdicts: Readonly<Record<number, () => AnjuanError>> = {
  [-2]: () => signError('certificate-expired'),
  [-3]: () => signError('certificate-revoked'),
  [-4]: () => signError('signer-refused', { details: { reason: 'certificate-frozen' } }),
  [-5]: () => signError('certificate-not-yet-valid'),
};

const signs = ({ keyUsage }: Certificate): boolean =>
  keyUsage === undefined || keyUsage.has('digital-signature') || keyUsage.has('non-repudiation');

/**
 * The signing certificate of the pair on the key. A key set up wrongly gives its exchange certificate; that one is refused.
 * Errors: `certificate-not-for-signing`, the verdict of the service on the certificate, `signer-not-found`.
 */
export async function readSigningCertificate(
  service: SofService,
  certId: string,
  signal: AbortSignal | undefined,
): Promise<Certificate> {
  const text = await service.text('SOF_ExportUserCert', [certId], signal);
  if (text === '') throw signError('signer-not-found');
  const certificate = readCertificate(text);
  if (!signs(certificate))
    throw signError('certificate-not-for-signing', { details: { reason: 'exchange-certificate' } });
  const verdict = verdicts[await service.number('SOF_ValidateCert', [text], signal)];
  if (verdict) throw verdict();
  return certificate;
}

function readCertificate(text: string): Certificate {
  try {
    return parseCertificate(fromBase64(text.replace(/-----[A-Z ]+-----/g, '')));
  } catch (cause) {
    throw protocolError('certificate', cause);
  }
}
