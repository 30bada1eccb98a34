/**
 * Base of every event. Bubbles and crosses shadow roots. `detail` is structured-cloneable and holds ids and numbers
 * only: it passes the iframe bridge unchanged and never carries patient data.
 *
 * A fact (`anjuan-<noun>-<past>`) tells what happened. An intent (`anjuan-request-<verb>`) is cancelable: after
 * `preventDefault()` the element leaves the action to the host.
 */
export class AnjuanEvent<D> extends CustomEvent<D> {
  constructor(type: string, detail: D, options: { readonly cancelable?: boolean } = {}) {
    super(type, { detail, bubbles: true, composed: true, cancelable: options.cancelable ?? false });
  }
}
