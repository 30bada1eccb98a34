/** Orders live in the EMR, not in the archive: this host brings its own invented ones. */
const orders = [
  ['08:00', '一级护理', 'Nursing care level I', 'running'],
  ['08:00', '低盐低脂饮食', 'Low-salt, low-fat diet', 'running'],
  ['08:10', '阿司匹林肠溶片 100 mg 口服 每日一次', 'Aspirin enteric-coated 100 mg oral, daily', 'running'],
  ['08:10', '阿托伐他汀钙片 20 mg 口服 每晚', 'Atorvastatin 20 mg oral, nightly', 'running'],
  ['08:15', '美托洛尔缓释片 47.5 mg 口服 每日一次', 'Metoprolol SR 47.5 mg oral, daily', 'running'],
  ['09:00', '血常规 + C 反应蛋白', 'Full blood count + CRP', 'done'],
  ['09:00', '肌钙蛋白 I，3 小时后复查', 'Troponin I, repeat in 3 h', 'done'],
  ['09:30', '十二导联心电图', '12-lead ECG', 'done'],
  ['10:00', '低分子肝素钠 4000 IU 皮下注射 每 12 小时', 'LMWH 4000 IU s.c. every 12 h', 'stopped'],
];

/** @returns {{ time: string, text: string, state: string }[]} */
export function ordersFor(locale) {
  return orders.map(([time, zh, en, state]) => ({ time, text: locale === 'en' ? en : zh, state }));
}
