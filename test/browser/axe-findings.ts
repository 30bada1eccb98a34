// axe-core is a script for windows, not a module: importing it sets `window.axe`.
import 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';

interface AxeWindow {
  readonly axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
}

/** What axe finds wrong inside an element, one line each; [] is what a test wants. */
export async function axeFindings(element: Element): Promise<string[]> {
  const { axe } = globalThis as unknown as AxeWindow;
  // Landmarks of the page are the host's affair.
  const result = await axe.run(element, { rules: { region: { enabled: false } } });
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`);
}
