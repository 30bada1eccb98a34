/** Strings of one made-up patient. None of them may ever reach a place that outlives or leaves the screen (law 7). */
export const canary = {
  name: '金丝雀测试患者',
  pinyin: 'jin si que ce shi huan zhe',
  residentId: '990101198001011236',
  recordNumber: 'CANARY-7731-RN',
  inpatientNumber: 'CANARY-7731-IN',
  text: '金丝雀机密病程记录',
} as const;

export interface Sink {
  /** Where the text was found, for example `console.warn` or `attribute data-state of anjuan-viewer`. */
  readonly where: string;
  readonly text: string;
}

/** A line for every sink that holds a canary, also when it is percent-encoded or in a JSON escape. */
export function leaks(sinks: readonly Sink[]): string[] {
  const needles = Object.entries(canary).flatMap(([kind, value]) =>
    [value, encodeURIComponent(value), asciiJson(value)].map((needle) => ({ kind, needle })),
  );
  return sinks.flatMap(({ where, text }) => {
    const found = needles.find(({ needle }) => text.includes(needle));
    return found === undefined ? [] : [`${where} holds the canary's ${found.kind}`];
  });
}

function asciiJson(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
