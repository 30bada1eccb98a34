import { expect } from 'chai';
import { loadGmKernels, sm2PublicKey, sm2Sign, sm2Verify, sm3, sm4GcmDecrypt, sm4GcmEncrypt } from './index.js';
import { fromHex, toHex, utf8 } from './testing/hex.js';

const privateKey = fromHex('3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8');

describe('GM cryptography in a browser', () => {
  it('gives the same results in script and in WASM', async () => {
    const compiled = await loadGmKernels();
    expect(compiled, 'WASM with SIMD').to.not.equal(undefined);
    const data = utf8('和安市第一人民医院'.repeat(5000));
    const results = [undefined, compiled].map((kernels) => {
      const publicKey = sm2PublicKey(privateKey, kernels);
      const signature = sm2Sign({ privateKey, data, kernels });
      const verdicts = Array.from({ length: 15 }, () => sm2Verify({ publicKey, data, signature, kernels }));
      const wrong = sm2Verify({ publicKey, data: data.subarray(1), signature, kernels });
      return {
        publicKey: toHex(publicKey),
        signature: toHex(signature),
        verdicts,
        wrong,
        sm3: toHex(sm3(data, kernels)),
      };
    });
    expect(results[0]).to.deep.equal(results[1]);
    expect(results[0]?.verdicts).to.deep.equal(new Array(15).fill(true));
    expect(results[0]?.wrong).to.equal(false);
  });

  it('encrypts and decrypts', () => {
    const options = { key: privateKey.subarray(0, 16), nonce: privateKey.subarray(0, 12) };
    expect(sm4GcmDecrypt(sm4GcmEncrypt(utf8('病历'), options), options)).to.deep.equal(utf8('病历'));
  });
});
