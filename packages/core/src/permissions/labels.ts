/** Labels that the rules treat alike. `sealed` is not a label but the state of the record. */
export type LabelClass = 'normal' | 'restricted' | 'sensitive' | 'psychiatric' | 'guarded' | 'sealed';

/**
 * Confidentiality and sensitivity codes by class. `guarded`: very restricted, celebrity (干部保健), employee (本院职工).
 * @source HL7 v3-Confidentiality, v3-ActCode (information sensitivity policy)
 */
export const labelClasses: Readonly<Record<Exclude<LabelClass, 'sealed'>, readonly string[]>> = {
  normal: ['U', 'L', 'M', 'N'],
  restricted: ['R'],
  sensitive: ['HIV', 'STD', 'SUD', 'SDV', 'SEX', 'ETH', 'GDIS'],
  psychiatric: ['PSY'],
  guarded: ['V', 'CEL', 'EMP'],
};

/** The class of a label. A label nobody knows is `guarded`: it was set for a reason we cannot judge. */
export function classOfLabel(label: string): LabelClass {
  for (const [name, labels] of Object.entries(labelClasses)) {
    if (labels.includes(label)) return name as LabelClass;
  }
  return 'guarded';
}
