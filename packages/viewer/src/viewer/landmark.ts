/** Makes the viewer a named region of the page without touching its attributes; the host's own `aria-label` wins. */
export class Landmark {
  readonly #internals: ElementInternals;

  constructor(host: HTMLElement) {
    this.#internals = host.attachInternals();
    this.#internals.role = 'region';
  }

  name(label: string): void {
    this.#internals.ariaLabel = label;
  }
}
