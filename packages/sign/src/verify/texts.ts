import type { LocalizedText } from './report.js';
import { zhWords } from './words.data.js';

/** Every sentence of a report: zh-CN, en. `{0}` is filled in. */
const sentences = {
  // verdicts
  'verdict-passed': ['签名有效，签署后未被修改。', 'The signature is valid; nothing was changed after signing.'],
  'verdict-passed-changes': [
    '签名有效，签署后只有允许的补充（{0} 处）。',
    'The signature is valid; only permitted additions were made after signing ({0}).',
  ],
  'verdict-passed-timestamp': ['时间戳有效，其后未被修改。', 'The time stamp is valid; nothing was changed after it.'],
  'verdict-test': ['（测试证书，不具法律效力）', ' (Test certificate: without legal effect.)'],
  'verdict-failed': ['签名无效：{0}', 'The signature is NOT valid: {0}'],
  'verdict-unknown': ['无法确认签名是否有效：{0}', 'It cannot be said whether the signature is valid: {0}'],
  'file-passed': [
    '{0} 个签名全部有效，签署后未被修改。',
    'All {0} signatures are valid; nothing was changed after signing.',
  ],
  'file-unreadable': [
    '文件结构损坏或被截断，无法按标准读取。',
    'The file is damaged or cut off and cannot be read as the standard demands.',
  ],
  'file-passed-changes': [
    '{0} 个签名全部有效，签署后只有允许的补充。',
    'All {0} signatures are valid; only permitted additions were made after signing.',
  ],
  'file-stray': ['文件含有签名数据，但没有完整的签名。', 'The file holds parts of a signature, but no whole one.'],
  'file-none': ['文件没有签名。', 'The file has no signature.'],
  'file-failed': ['文件的签名无效：{0}', 'Signatures of this file are NOT valid: {0}'],
  'file-unknown': ['无法确认文件的签名是否全部有效：{0}', 'It cannot be said whether all signatures are valid: {0}'],
  // structure
  fine: ['符合要求。', 'As it should be.'],
  'dictionary-missing': [
    '签名字段的值不是签名字典。',
    'The value of the signature field is not a signature dictionary.',
  ],
  'dictionary-entry': [
    '签名字典的 {0} 缺失或类型错误。',
    'Entry {0} of the signature dictionary is missing or of a wrong type.',
  ],
  'contents-missing': ['签名内容缺失、为空或全为零。', 'The signature contents are missing, empty or zero.'],
  'contents-padding': ['签名内容后有多余数据。', 'There are data after the end of the signature contents.'],
  'sub-filter-known': ['签名格式 {0}。', 'Signature format {0}.'],
  'sub-filter-weak': ['签名格式 {0} 已过时，不予认可。', 'Signature format {0} is obsolete and not accepted.'],
  'sub-filter-unknown': ['不支持签名格式 {0}。', 'Signature format {0} is not supported.'],
  'range-malformed': ['签名范围（ByteRange）缺失或格式错误。', 'The signed range (ByteRange) is missing or malformed.'],
  'range-start': ['签名范围未从文件开头开始。', 'The signed range does not start with the file.'],
  'range-beyond': [
    '签名范围超出文件末尾，文件可能被截断。',
    'The signed range goes beyond the end of the file: it may be cut off.',
  ],
  'range-covers': ['签名范围从开头到第 {0} 字节。', 'The signed range goes from the start to byte {0}.'],
  'gap-wrong': [
    '签名范围的空隙不是此签名自身的内容，可能藏有未签名的数据。',
    'The gap in the signed range is not exactly this signature: unsigned data may hide there.',
  ],
  'range-overlap': ['与另一签名的范围相互交叉。', 'The range crosses that of another signature.'],
  'object-compressed': ['签名字典位于对象流中。', 'The signature dictionary is in an object stream.'],
  'object-unreachable': [
    '在其签署的版本中找不到此签名字段。',
    'The field of this signature does not exist in the revision it signs.',
  ],
  'object-changed': ['签署后签名字典被修改。', 'The signature dictionary was altered after signing.'],
  'duplicate-value': ['另一签名字段使用同一签名。', 'Another signature field uses the same signature.'],
  'covers-file': ['覆盖整个文件。', 'Covers the whole file.'],
  'covers-revision': ['覆盖第 {0} 个版本（共 {1} 个）。', 'Covers revision {0} of {1}.'],
  'covers-part': ['签名范围未在某个版本末尾结束。', 'The signed range does not end where a revision ends.'],
  'file-strict': ['文件各版本结构完整。', 'Every revision of the file is well formed.'],
  'file-bytes-unexplained': [
    '已签版本之后有无法解释的数据。',
    'There are bytes after the signed revision that belong to no revision.',
  ],
  'file-anomaly': ['文件结构异常：{0}。', 'The structure of the file is abnormal: {0}.'],
  'file-anomaly-signed': [
    '已签版本的结构不规范（{0}），但在签署前已存在。',
    'The signed revision is not well formed ({0}), but was so before it was signed.',
  ],
  // cryptography
  'digest-match': ['已签字节的摘要一致（{0}）。', 'The digest of the signed bytes matches ({0}).'],
  'digest-mismatch': ['已签字节被改动，摘要不符。', 'The signed bytes were altered: the digest does not match.'],
  'digest-unknown': ['无法计算摘要。', 'The digest cannot be computed.'],
  'cms-unreadable': ['签名数据无法解析。', 'The signature data cannot be read.'],
  'cms-finding': ['签名数据：{0}。', 'Signature data: {0}.'],
  'value-valid': ['签名值与证书公钥相符。', 'The signature value fits the key of the certificate.'],
  'value-invalid': ['签名值错误，数据或签名被改动。', 'The signature value is wrong: data or signature were altered.'],
  'value-unsupported': ['不支持此签名算法。', 'This signature algorithm is not supported.'],
  'strength-fine': ['算法与密钥强度足够。', 'Algorithms and keys are strong enough.'],
  'strength-weak': ['算法或密钥强度不足：{0}。', 'An algorithm or key is too weak: {0}.'],
  'certificate-bound': ['签名中写明了所用证书。', 'The signature names its certificate.'],
  'certificate-missing': ['签名中没有签名人的证书。', 'The certificate of the signer is missing.'],
  'seal-finding': ['电子印章：{0}。', 'Electronic seal: {0}.'],
  'seal-valid': ['电子印章有效。', 'The electronic seal is valid.'],
  // certificate
  'path-found': ['证书由受信任的机构签发。', 'The certificate comes from a trusted authority.'],
  'path-missing': ['无法连到受信任的证书机构。', 'No path to a trusted certificate authority.'],
  'path-invalid': ['证书链不符合规范：{0}。', 'The certificate path breaks a rule: {0}.'],
  'validity-fine': ['签署时证书在有效期内。', 'The certificate was in force when signing.'],
  'validity-expired': [
    '证书已过期，且没有可信时间证明签署时仍有效。',
    'The certificate has expired, and no trusted time proves that it was in force when signing.',
  ],
  'validity-early': ['签署时证书尚未生效。', 'The certificate was not yet in force when signing.'],
  'validity-late': ['签署时证书已过期。', 'The certificate had expired when signing.'],
  'usage-fine': ['证书可用于签名。', 'The certificate is for signing.'],
  'revocation-good': ['签署时证书未被吊销。', 'The certificate was not revoked when signing.'],
  'revocation-unknown': ['不知道证书是否被吊销。', 'It is not known whether the certificate was revoked.'],
  'revocation-revoked': ['证书在签署前已被吊销。', 'The certificate was revoked before signing.'],
  'revocation-revoked-no-poe': [
    '证书已被吊销，且没有可信时间证明签署在前。',
    'The certificate is revoked, and no trusted time proves that signing came before.',
  ],
  'revocation-later': ['证书在签署之后才被吊销，不影响此签名。', 'The certificate was revoked only after signing.'],
  'revocation-ignored': ['按策略未检查吊销。', 'Revocation is not checked by policy.'],
  // time
  'time-none': ['没有可信时间；签署时间仅为签名人所称。', 'No trusted time: the time is only what the signer claims.'],
  'time-proven': ['可信时间证明最迟于 {0} 签署。', 'A trusted time proves that it existed on {0}.'],
  'stamp-valid': ['签名时间戳有效。', 'The time stamp of the signature is valid.'],
  'stamp-invalid': ['签名时间戳无效：{0}。', 'The time stamp of the signature is not valid: {0}.'],
  'stamp-untrusted': [
    '时间戳机构不受信任或无法核实。',
    'The time stamp authority is not trusted or cannot be checked.',
  ],
  'order-wrong': ['时间戳先后顺序矛盾。', 'The time stamps contradict each other in their order.'],
  'order-fine': ['时间先后一致。', 'The order of times is consistent.'],
  // changes
  'changes-none': ['签署后没有改动。', 'Nothing was changed after signing.'],
  'changes-allowed': ['签署后只有允许的补充。', 'Only permitted additions after signing.'],
  'changes-suspicious': ['签署后有可疑改动：{0}', 'There are suspicious changes after signing: {0}'],
  'changes-forbidden': ['签署后文件被改动：{0}', 'The document was altered after signing: {0}'],
  'changes-unreadable': ['无法分析签署后的改动。', 'The changes after signing cannot be analysed.'],
  'mdp-respected': ['遵守了认证级别 P={0} 的限制。', 'The limits of certification level P={0} were respected.'],
  'mdp-broken': ['违反了认证级别 P={0} 的限制。', 'The limits of certification level P={0} were broken.'],
  'mdp-not-first': ['认证签名不是文件的第一个签名。', 'A certification is not the first signature of the file.'],
  'visual-same': [
    '签署后页面外观没有变化（除新签名和允许填写处）。',
    'Pages look the same as when signed, apart from permitted places.',
  ],
  'visual-different': ['第 {0} 页外观在签署后改变（{1}）。', 'Page {0} looks different from when it was signed ({1}).'],
  'visual-skipped': ['没有页面绘制器，未比较页面外观。', 'No page renderer at hand: pages were not compared as drawn.'],
  'visual-unneeded': ['签署后没有改动，无需比较外观。', 'Nothing was changed after signing: no need to compare.'],
  'visual-failed': ['页面无法绘制，外观未能比较。', 'Pages could not be drawn, so they were not compared.'],
  'visual-pages': ['签署后页数改变。', 'The number of pages changed after signing.'],
  // single changes
  'change-signature': ['新增签名。', 'A signature was added.'],
  'change-signature-field': ['新增未签署的签名位置。', 'An unsigned signature field was added.'],
  'change-timestamp': ['新增文档时间戳。', 'A document time stamp was added.'],
  'change-dss': ['新增验证资料。', 'Validation data were added.'],
  'change-metadata': ['文档属性更新。', 'Document properties were updated.'],
  'change-form': ['填写表单“{0}”。', 'Form field "{0}" was filled in.'],
  'change-form-replaced': [
    '签署时已有的表单内容“{0}”被替换。',
    'What form field "{0}" held when signing was replaced.',
  ],
  'change-form-appearance': [
    '表单“{0}”的外观被改而值未变。',
    'Form field "{0}" looks different though its value is the same.',
  ],
  'change-form-structure': ['表单结构被改动。', 'The structure of the form was changed.'],
  'change-locked': ['已锁定的表单“{0}”被改动。', 'The locked form field "{0}" was changed.'],
  'change-level': ['认证级别不允许此改动。', 'The certification does not permit this change.'],
  'change-annotation': ['新增或改动批注。', 'An annotation was added or changed.'],
  'change-covers': ['新增内容遮盖了已签署的内容。', 'What was added covers signed content.'],
  'change-large': ['新增签名占据页面的大部分。', 'The new signature takes a large part of the page.'],
  'change-signed': ['签名字典或其外观被改动。', 'A signature or its appearance was altered.'],
  'change-structure': ['文档结构标签有补充。', 'Structure tags were added.'],
  'change-content': ['页面内容被改动。', 'Page content was changed.'],
  'change-resources': ['页面资源（字体、图像等）被改动。', 'Page resources (fonts, images ...) were changed.'],
  'change-pages': ['页面被增删或调换。', 'Pages were added, removed or moved.'],
  'change-active': ['自动执行的内容被改动。', 'Active content was added or changed.'],
  'change-embedded': ['附件被改动。', 'Embedded files were changed.'],
  'change-layers': ['图层设置被改动。', 'Optional content (layers) was changed.'],
  'change-object': ['不允许的改动。', 'A change that is not permitted.'],
  'change-revealed': ['签署时隐藏的对象被启用。', 'An object hidden when signing was revealed.'],
  'change-outside': ['更新指向更早版本中的隐藏对象。', 'The update points to an object hidden in an older revision.'],
  'change-unused': ['更新带有未使用的对象。', 'The update brings objects that nothing uses.'],
  'change-bytes': ['更新含有不属于任何对象的数据。', 'The update holds bytes that belong to no object.'],
  'change-generation': ['对象代号不一致。', 'The generation of an object does not fit.'],
  'change-trailer': ['文件尾部字典被改动。', 'The trailer was changed.'],
  // before signing
  'lint-anomaly': ['文件结构不规范：{0}。', 'The structure is not as the standard demands: {0}.'],
  'lint-unused': [
    '文件中有未使用的对象，以后的更新可能启用它。',
    'An object that nothing uses; a later update could reveal it.',
  ],
  'lint-outside': [
    '对象不在交叉引用表中，以后的更新可能启用它。',
    'An object outside the cross-reference; a later update could reveal it.',
  ],
  'lint-xref': [
    '首个交叉引用表不连续，部分阅读器会在第二次签名后判为无效。',
    'The first cross-reference is fragmented: some readers reject it after a second signature.',
  ],
  'lint-active': ['含有会自动执行的脚本或动作。', 'Scripts or actions that run by themselves.'],
  'lint-xfa': ['含有 XFA 表单，内容可与所见不同。', 'An XFA form: it may show other content than the pages.'],
  'lint-external': ['引用文件之外的数据。', 'Data outside the file are used.'],
  'lint-embedded': ['含有附件，附件内容也将被签署。', 'Embedded files: they are signed as well.'],
  'lint-layers': ['有隐藏的图层，签署后可能被显示。', 'Hidden layers that may be shown after signing.'],
  'lint-overlaid': ['表单域或批注相互重叠。', 'Fields or annotations lie over one another.'],
  'lint-covers': ['批注或表单域盖住页面内容。', 'An annotation or field lies over page content.'],
  'lint-invisible': [
    '看不见的表单域位于文字之上，签署后可能显示内容。',
    'An invisible field over text may show content after signing.',
  ],
  'lint-regenerates': [
    '表单外观由阅读器重新生成，所见可能不同。',
    'Viewers draw the form anew: what is seen may differ.',
  ],
} as const satisfies Record<string, readonly [string, string]>;

export type Sentence = keyof typeof sentences;

/** A sentence of the catalogue in both languages; texts among the arguments keep their language. */
export function say(key: Sentence, ...values: readonly (string | number | LocalizedText)[]): LocalizedText {
  const [zh, en] = sentences[key];
  const fill = (text: string, language: keyof LocalizedText): string =>
    text.replace(/\{(\d)\}/g, (_, index: string) => {
      const value = values[Number(index)] ?? '';
      return typeof value === 'object' ? value[language] : String(value);
    });
  return { 'zh-CN': fill(zh, 'zh-CN'), en: fill(en, 'en') };
}

/** An id of a finding in words. */
export const wordsOf = (id: string): LocalizedText => ({
  'zh-CN': zhWords[id] ?? id,
  en: id.replaceAll('-', ' '),
});
