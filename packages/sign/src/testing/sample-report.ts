import type { CertificateSummary, SignatureCheck, SignatureReport, ValidationReport } from '../verify/report.js';

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });

const certificate = (subject: string, issuer: string): CertificateSummary => ({
  subject,
  issuer,
  serialNumber: '2f0193a4c5d6e7f8',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2029-01-01T00:00:00Z',
  fingerprint: '5f'.repeat(32),
});
const root = 'CN=和安市卫生测试根,O=和安市第一人民医院(测试),C=CN';
const doctor = 'CN=测试医师 甲,O=和安市第一人民医院(测试),C=CN';

const passed: readonly SignatureCheck[] = [
  {
    id: 'byte-range',
    result: 'passed',
    reason: text('签名范围从开头到第 51 204 字节。', 'The signed range goes from the start to byte 51 204.'),
  },
  { id: 'message-digest', result: 'passed', reason: text('内容与签名时一致。', 'The content is as it was signed.') },
  { id: 'signature-value', result: 'passed', reason: text('签名值正确。', 'The signature value is right.') },
  {
    id: 'certificate-path',
    result: 'passed',
    reason: text('证书可追溯到受信任的根。', 'The path ends at a trusted root.'),
  },
];
const changed: SignatureCheck = {
  id: 'document-changes',
  result: 'failed',
  reason: text('签署后页面内容被修改。', 'Page content was changed after signing.'),
  bytes: [[51_204, 1830]],
};
const revocation: SignatureCheck = {
  id: 'revocation',
  result: 'unknown',
  reason: text('查不到证书是否被吊销。', 'Nobody could say whether the certificate was revoked.'),
};

const signature = (more: Partial<SignatureReport>): SignatureReport => ({
  index: 0,
  kind: 'signature',
  indication: 'TOTAL_PASSED',
  summary: text('签名有效，签署后未被修改。', 'The signature is valid; nothing was changed after signing.'),
  fieldName: 'physician',
  pageNumber: 1,
  rect: [100, 200, 240, 240],
  signer: certificate(doctor, root),
  chain: [certificate(doctor, root), certificate(root, root)],
  test: false,
  algorithm: 'RSA PKCS#1 v1.5, SHA-256',
  level: 'B-LT',
  claimedTime: '2026-03-05T09:12:00+08:00',
  provenTime: '2026-03-05T09:12:04+08:00',
  reasonText: '知情同意',
  byteRange: [0, 18_000, 50_768, 436],
  coversWholeFile: true,
  revision: 1,
  signedLengthBytes: 51_204,
  checks: passed,
  changes: [],
  ...more,
});

const seal = signature({
  index: 1,
  kind: 'seal',
  fieldName: 'hospital',
  level: 'seal',
  algorithm: 'SM2, SM3',
  reasonText: '归档签章',
  revision: 2,
});
const report = (more: Partial<ValidationReport>): ValidationReport => ({
  schema: 'anjuan-validation-report/1',
  indication: 'TOTAL_PASSED',
  summary: text('2 个签名全部有效，签署后未被修改。', 'All 2 signatures are valid; nothing was changed after signing.'),
  checkedAt: '2026-03-06T08:30:00+08:00',
  sizeBytes: 84_021,
  sha256: 'c4'.repeat(32),
  revisions: 3,
  signatures: [signature({ coversWholeFile: false }), seal],
  anomalies: [],
  ...more,
});

/** Reports of invented documents for stories and tests: each verdict once. */
export const sampleReports = {
  passed: report({}),
  test: report({
    summary: text(
      '2 个签名全部有效（测试证书，不具法律效力）',
      'All 2 signatures are valid (test certificate: without legal effect)',
    ),
    signatures: [signature({ test: true, coversWholeFile: false }), { ...seal, test: true }],
  }),
  unknown: report({
    indication: 'INDETERMINATE',
    subIndication: 'TRY_LATER',
    summary: text(
      '无法确认签名是否有效：查不到证书是否被吊销',
      'It cannot be said whether the signature is valid: its revocation is unknown',
    ),
    signatures: [
      signature({
        indication: 'INDETERMINATE',
        subIndication: 'TRY_LATER',
        summary: text(
          '无法确认签名是否有效：查不到证书是否被吊销',
          'It cannot be said whether the signature is valid: its revocation is unknown',
        ),
        level: 'B-B',
        ...({ provenTime: undefined } as object),
        checks: [...passed, revocation],
      }),
    ],
  }),
  failed: report({
    indication: 'TOTAL_FAILED',
    subIndication: 'HASH_FAILURE',
    summary: text(
      '文件的签名无效：签署后页面内容被修改',
      'Signatures of this file are NOT valid: page content was changed after signing',
    ),
    signatures: [
      signature({
        indication: 'TOTAL_FAILED',
        subIndication: 'SIG_CONSTRAINTS_FAILURE',
        summary: text(
          '签名无效：签署后页面内容被修改',
          'The signature is NOT valid: page content was changed after signing',
        ),
        coversWholeFile: false,
        checks: [...passed, changed],
        changes: [
          {
            result: 'forbidden',
            kind: 'page-content',
            path: 'Root/Pages/Kids/0/Contents',
            revision: 2,
            objectNumber: 12,
            pageNumber: 1,
            reason: text('第 1 页的内容被替换。', 'The content of page 1 was replaced.'),
          },
          {
            result: 'allowed',
            kind: 'dss',
            path: 'Root/DSS',
            revision: 2,
            reason: text('添加了验证数据。', 'Validation data were added.'),
          },
        ],
      }),
    ],
    anomalies: [{ id: 'object-outside-xref', bytes: [51_300, 240] }],
  }),
  none: report({
    signatures: [],
    summary: text('文件没有签名。', 'The file has no signature.'),
  }),
} as const satisfies Readonly<Record<string, ValidationReport>>;
