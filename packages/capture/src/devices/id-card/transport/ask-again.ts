/**
 * Whether opening may show the chooser. Right after a device was lost it may not: the user has not asked for one, and the
 * device may come back. The try after that may, because browsers forget devices without a serial number when they leave.
 */
export class AskAgain {
  #ask: 'chooser' | 'granted' = 'chooser';

  /** The device went away. */
  lost(): void {
    this.#ask = 'granted';
  }

  /** How this opening may look for a device. */
  next(): 'chooser' | 'granted' {
    const ask = this.#ask;
    this.#ask = 'chooser';
    return ask;
  }
}
