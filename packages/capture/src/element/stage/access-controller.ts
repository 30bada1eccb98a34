import type { TemplateResult } from 'lit';
import type { AccessReport } from '../../devices/access/index.js';
import type { ViewProps } from '../view-props.js';

type AccessList = (props: ViewProps, report: AccessReport) => TemplateResult;

/**
 * What this page may use; asked each time the devices panel opens, for permissions change behind the page's back. Loaded
 * with the first opening.
 */
export class AccessController {
  readonly #changed: () => void;
  #shown: { readonly report: AccessReport; readonly list: AccessList } | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async refresh(): Promise<void> {
    const [{ diagnoseAccess }, { accessList }] = await Promise.all([
      import('../../devices/access/index.js'),
      import('./access-list.js'),
    ]);
    this.#shown = { report: await diagnoseAccess(), list: accessList };
    this.#changed();
  }

  template(props: ViewProps): TemplateResult | undefined {
    return this.#shown?.list(props, this.#shown.report);
  }
}
