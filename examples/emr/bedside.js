/** What this host knows by itself about its invented patients: bed, allergies, working diagnosis. */
const bedside = {
  'pt-song-jianguo': { bed: '15', diagnosis: { code: 'I20.000', text: '不稳定型心绞痛' } },
  'pt-ye-yongfu': { bed: '14', diagnosis: { code: 'I35.000', text: '主动脉瓣狭窄（重度）' } },
  'pt-chen-yulan': { bed: '36', diagnosis: { code: 'K80.101', text: '胆囊结石伴慢性胆囊炎' } },
  'pt-zhou-guiying': { allergy: { 'zh-CN': '青霉素', en: 'penicillin' } },
};

/** The stay with the host's own facts; a bed only while the patient lies in it. */
export function atBedside(stay) {
  const known = bedside[stay.patientId];
  return {
    ...stay,
    allergy: known?.allergy,
    bed: stay.dischargedOn ? undefined : known?.bed,
    diagnosis: stay.diagnosis ?? (stay.dischargedOn ? undefined : known?.diagnosis),
  };
}
