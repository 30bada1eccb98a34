interface Signpdf {
  readonly SignPdf: new () => { sign(pdf: Buffer, signer: object): Promise<Buffer> };
}
interface Placeholder {
  plainAddPlaceholder(options: object): Buffer;
}
interface SignerP12 {
  readonly P12Signer: new (p12: Uint8Array, options: object) => object;
}
export interface SignpdfModules {
  readonly signpdf: Signpdf;
  readonly placeholder: Placeholder;
  readonly signerP12: SignerP12;
  readonly utils: { readonly Signer: new () => object };
}

/** The package's own way: a placeholder by string surgery, then its signer for PKCS#12. */
export function signWithSignpdf(
  modules: SignpdfModules,
  input: Uint8Array,
  { p12, password }: { readonly p12: Uint8Array; readonly password: string },
): Promise<Uint8Array<ArrayBuffer>> {
  return signInLayout(modules, input, new modules.signerP12.P12Signer(p12, { passphrase: password }));
}

/** The same file layout around the CMS of another library: inputs that somebody else has signed. */
export async function signWithSignpdfLayout(
  modules: SignpdfModules,
  input: Uint8Array,
  cms: (covered: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  class OtherSigner extends modules.utils.Signer {
    async sign(covered: Buffer): Promise<Buffer> {
      return Buffer.from(await cms(new Uint8Array(covered)));
    }
  }
  return signInLayout(modules, input, new OtherSigner());
}

async function signInLayout(
  { signpdf, placeholder }: SignpdfModules,
  input: Uint8Array,
  signer: object,
): Promise<Uint8Array<ArrayBuffer>> {
  const prepared = placeholder.plainAddPlaceholder({
    pdfBuffer: Buffer.from(input),
    reason: 'bench',
    contactInfo: '',
    name: 'bench',
    location: '',
    signatureLength: 16_384,
  });
  return new Uint8Array(await new signpdf.SignPdf().sign(prepared, signer));
}
