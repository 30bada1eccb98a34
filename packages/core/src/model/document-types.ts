/** One branch of the default document tree; hospitals may replace the tree. */
export interface CategoryInfo {
  /** Lower-case code, stable. */
  readonly code: string;
  /** Name in Chinese. */
  readonly zh: string;
  /** Name in English. */
  readonly en: string;
  /** WS/T 500-2016 types, or local `L..` types. */
  readonly types: readonly string[];
}

/**
 * Default tree in the order of the bound record.
 * @source 《医疗机构病历管理规定（2013年版）》 article 12 (order), WS/T 500-2016 (types)
 */
export const defaultDocumentTree: readonly CategoryInfo[] = [
  { code: 'front-page', zh: '病案首页', en: 'Front page', types: ['C0032', 'C0033'] },
  { code: 'admission', zh: '入院记录', en: 'Admission', types: ['C0034', 'C0035', 'C0036'] },
  {
    code: 'course',
    zh: '病程记录',
    en: 'Course notes',
    types: ['C0037', 'C0038', 'C0039', 'C0040', 'C0041', 'C0042', 'C0043', 'C0044', 'C0045', 'C0048'],
  },
  {
    code: 'operation',
    zh: '手术麻醉',
    en: 'Operation and anaesthesia',
    types: ['C0009', 'C0010', 'C0011', 'C0012', 'C0046', 'C0047'],
  },
  { code: 'consent', zh: '知情同意', en: 'Consent', types: ['C0026', 'C0027', 'C0028', 'C0029', 'C0030', 'C0031'] },
  { code: 'laboratory', zh: '检验报告', en: 'Laboratory', types: ['C0007'] },
  { code: 'examination', zh: '检查报告', en: 'Examinations', types: ['C0006', 'L0002'] },
  { code: 'treatment', zh: '治疗记录', en: 'Treatment', types: ['C0008', 'C0013', 'C0014', 'C0015', 'C0016'] },
  {
    code: 'nursing',
    zh: '护理记录',
    en: 'Nursing',
    types: ['C0017', 'C0018', 'C0019', 'C0020', 'C0021', 'C0022', 'C0023', 'C0024', 'C0025'],
  },
  { code: 'orders', zh: '医嘱处方', en: 'Orders', types: ['C0052', 'C0004', 'C0005'] },
  { code: 'discharge', zh: '出院记录', en: 'Discharge', types: ['C0049', 'C0050', 'C0051', 'C0053'] },
  { code: 'outpatient', zh: '门急诊', en: 'Outpatient', types: ['C0002', 'C0003'] },
  { code: 'summary', zh: '病历概要', en: 'Summary', types: ['C0001'] },
  { code: 'other', zh: '其他资料', en: 'Other material', types: ['L0001', 'L0003'] },
];

/** Local types: L0001 outside record (外院资料), L0002 electrocardiogram (心电图), L0003 fee list (费用清单). */
export const localDocumentTypes = { outside: 'L0001', ecg: 'L0002', fees: 'L0003' } as const;

/** Type of the front page: the index card of a record (WS/T 500.32). */
export const FRONT_PAGE_TYPE = 'C0032';

/** The branch that holds a type; `other` when none does. */
export function categoryOfType(typeCode: string, tree: readonly CategoryInfo[] = defaultDocumentTree): CategoryInfo {
  const found = tree.find((category) => category.types.includes(typeCode));
  return found ?? { code: 'other', zh: '其他资料', en: 'Other material', types: [] };
}
