import { diagnoseAccess, type AccessReport } from '../../devices/access/index.js';

/** What this page may use; asked each time the devices panel opens, for permissions change behind the page's back. */
export class AccessController {
  readonly #changed: () => void;
  report: AccessReport | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async refresh(): Promise<void> {
    this.report = await diagnoseAccess();
    this.#changed();
  }
}
