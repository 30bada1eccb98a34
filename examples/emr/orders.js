/**
 * Orders live in the EMR, not in the archive: this host brings invented ones that fit the diagnosis.
 * Each: day of the stay from 0, time, Chinese, English; long-term orders run until discharge.
 */
const byDiagnosis = {
  // Aortic valve stenosis
  I35: {
    long: [
      [0, '10:05', '心内科护理常规', 'Cardiology nursing routine'],
      [0, '10:05', '一级护理', 'Nursing care level I'],
      [0, '10:05', '低盐低脂糖尿病饮食', 'Low-salt, low-fat, diabetic diet'],
      [0, '10:05', '持续心电监护', 'Continuous ECG monitoring'],
      [0, '10:10', '呋塞米注射液 20 mg 静推 bid', 'Furosemide 20 mg i.v. bid'],
      [0, '10:10', '螺内酯片 20 mg 口服 qd', 'Spironolactone 20 mg oral qd'],
      [0, '10:10', '琥珀酸美托洛尔缓释片 23.75 mg 口服 qd', 'Metoprolol succinate ER 23.75 mg oral qd'],
      [0, '10:10', '阿司匹林肠溶片 100 mg 口服 qd', 'Aspirin EC 100 mg oral qd'],
      [0, '10:10', '阿托伐他汀钙片 20 mg 口服 qn', 'Atorvastatin 20 mg oral qn'],
    ],
    once: [
      [0, '10:20', '心肌损伤标志物 + NT-proBNP（急）', 'Cardiac markers + NT-proBNP (urgent)'],
      [0, '10:20', '十二导联心电图（床旁）', '12-lead ECG (bedside)'],
      [1, '08:30', '主动脉 + 冠脉 CTA', 'CT angiography, aorta and coronaries'],
      [1, '09:40', '心外科、麻醉科会诊', 'Consult: cardiac surgery, anaesthesia'],
    ],
  },
  // Unstable angina
  I20: {
    long: [
      [0, '19:55', '心内科护理常规', 'Cardiology nursing routine'],
      [0, '19:55', '一级护理', 'Nursing care level I'],
      [0, '19:55', '低盐低脂糖尿病饮食', 'Low-salt, low-fat, diabetic diet'],
      [0, '20:00', '阿司匹林肠溶片 100 mg 口服 qd', 'Aspirin EC 100 mg oral qd'],
      [0, '20:00', '替格瑞洛片 90 mg 口服 bid', 'Ticagrelor 90 mg oral bid'],
      [0, '20:00', '依诺肝素钠 4000 U 皮下注射 q12h', 'Enoxaparin 4000 U s.c. q12h'],
      [0, '20:00', '阿托伐他汀钙片 40 mg 口服 qn', 'Atorvastatin 40 mg oral qn'],
      [0, '20:00', '琥珀酸美托洛尔缓释片 47.5 mg 口服 qd', 'Metoprolol succinate ER 47.5 mg oral qd'],
    ],
    once: [
      [0, '20:05', '心肌损伤标志物 st，6 h 后复查', 'Cardiac markers now, repeat in 6 h'],
      [0, '20:05', '十二导联心电图 st', '12-lead ECG now'],
      [1, '09:30', '心脏彩超', 'Echocardiography'],
      [1, '16:00', '明日行冠状动脉造影', 'Coronary angiography tomorrow'],
    ],
  },
  // Gallstones
  K80: {
    long: [
      [0, '10:40', '普外科护理常规', 'General surgery nursing routine'],
      [0, '10:40', '二级护理', 'Nursing care level II'],
      [0, '10:40', '低脂饮食', 'Low-fat diet'],
      [0, '10:50', '头孢呋辛钠 1.5 g 静滴 q12h', 'Cefuroxime 1.5 g i.v. q12h'],
      [0, '10:50', '泮托拉唑钠 40 mg 静滴 qd', 'Pantoprazole 40 mg i.v. qd'],
      [0, '10:50', '间苯三酚注射液 40 mg 静滴 bid', 'Phloroglucinol 40 mg i.v. bid'],
    ],
    once: [
      [0, '10:45', '血常规（急）', 'Full blood count (urgent)'],
      [0, '10:45', '肝功能 + 肾功能 + 电解质', 'Liver, kidney, electrolytes'],
      [0, '11:00', '腹部彩超', 'Abdominal ultrasound'],
      [1, '08:30', '上腹部 CT 平扫', 'CT upper abdomen, plain'],
    ],
  },
  // Fracture of the femoral neck
  S72: {
    long: [
      [0, '17:50', '骨科护理常规', 'Orthopaedic nursing routine'],
      [0, '17:50', '一级护理', 'Nursing care level I'],
      [0, '17:50', '右下肢皮牵引', 'Skin traction, right leg'],
      [0, '17:55', '依诺肝素钠 4000 U 皮下注射 qd', 'Enoxaparin 4000 U s.c. qd'],
      [0, '17:55', '塞来昔布胶囊 200 mg 口服 bid', 'Celecoxib 200 mg oral bid'],
      [0, '17:55', '碳酸钙 D3 片 600 mg 口服 qd', 'Calcium carbonate D3 600 mg oral qd'],
      [1, '08:20', '克林霉素 0.6 g 静滴 q8h', 'Clindamycin 0.6 g i.v. q8h'],
    ],
    once: [
      [0, '18:00', '骨盆正位 + 右髋侧位片', 'X-ray pelvis a.p., right hip lateral'],
      [0, '18:00', '凝血四项 + D-二聚体（急）', 'Coagulation + D-dimer (urgent)'],
      [1, '08:30', '髋关节 CT 三维重建', 'CT hip, 3D'],
      [1, '15:30', '交叉配血，备红细胞 2 U', 'Crossmatch, 2 U red cells'],
    ],
  },
  // Pneumocystis pneumonia
  B20: {
    long: [
      [0, '11:40', '感染科护理常规', 'Infectious diseases nursing routine'],
      [0, '11:40', '一级护理', 'Nursing care level I'],
      [0, '11:40', '鼻导管吸氧 3 L/min', 'Oxygen 3 L/min, nasal'],
      [0, '11:50', '复方磺胺甲噁唑片 4 片 口服 q6h', 'Co-trimoxazole 4 tablets oral q6h'],
      [0, '11:50', '甲泼尼龙 40 mg 静滴 q12h', 'Methylprednisolone 40 mg i.v. q12h'],
      [0, '11:50', '氟康唑胶囊 200 mg 口服 qd', 'Fluconazole 200 mg oral qd'],
    ],
    once: [
      [0, '11:45', '动脉血气分析', 'Arterial blood gas'],
      [0, '12:00', '胸部 CT 平扫', 'CT chest, plain'],
      [1, '08:30', 'G 试验 + GM 试验', 'BDG + galactomannan'],
    ],
  },
};

const dayMs = 86_400_000;

function dateOf(stay, offset) {
  return new Date(Date.parse(stay.admittedOn.slice(0, 10)) + offset * dayMs).toISOString().slice(5, 10);
}

/** @returns {{ kind: 'long' | 'once', lines: { start: string, text: string, state: string }[] }[]} */
export function ordersFor(stay, locale) {
  const found = byDiagnosis[stay?.diagnosis?.code?.slice(0, 3)];
  if (!found) return [];
  const stateOf = { long: stay.dischargedOn ? 'stopped' : 'running', once: 'done' };
  return ['long', 'once'].map((kind) => ({
    kind,
    lines: found[kind].map(([offset, time, zh, en]) => ({
      start: `${dateOf(stay, offset)} ${time}`,
      text: locale === 'en' ? en : zh,
      state: stateOf[kind],
    })),
  }));
}
