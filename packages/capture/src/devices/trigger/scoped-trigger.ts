import { AnjuanError, onAbort, Scope, throwIfAborted } from '@anjuan/core';
import type { StartTriggerOptions, Trigger, TriggerSource } from './trigger-source.js';

/** What a source sets up; everything it listens to belongs to the scope. */
export interface TriggerSetup {
  readonly scope: Scope;
  readonly onTrigger: (trigger: Trigger) => void;
  /** Ends the source because its device went away. */
  readonly lose: (error: AnjuanError) => void;
  readonly signal: AbortSignal | undefined;
}

/** A source whose listening lives in a scope from `start` to `stop`. */
export class ScopedTrigger implements TriggerSource {
  readonly name: string;
  readonly #setUp: (setup: TriggerSetup) => Promise<void> | void;
  #scope: Scope | undefined;

  constructor(name: string, setUp: (setup: TriggerSetup) => Promise<void> | void) {
    this.name = name;
    this.#setUp = setUp;
  }

  async start(onTrigger: (trigger: Trigger) => void, { onLost, signal }: StartTriggerOptions = {}): Promise<void> {
    throwIfAborted(signal);
    if (this.#scope && !this.#scope.disposed) return;
    const scope = new Scope();
    this.#scope = scope;
    const lose = (error: AnjuanError): void => {
      if (scope.disposed) return;
      scope.dispose();
      onLost?.(error);
    };
    if (signal) scope.defer(onAbort(signal, () => scope.dispose()));
    try {
      await this.#setUp({ scope, signal, lose, onTrigger: (trigger) => void (scope.disposed || onTrigger(trigger)) });
    } catch (error) {
      scope.dispose();
      throw error;
    }
    if (scope.disposed) throw new AnjuanError('aborted');
  }

  stop(): void {
    this.#scope?.dispose();
    this.#scope = undefined;
  }
}
