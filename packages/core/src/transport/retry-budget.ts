/** Retries as a share of calls, so that a struggling archive never gets a storm of them. */
export class RetryBudget {
  static readonly share = 0.1;
  /** Retries allowed from the start and saved at most. */
  static readonly reserve = 10;
  #tokens = RetryBudget.reserve;

  /** One first attempt earns a tenth of a retry. */
  earn(): void {
    this.#tokens = Math.min(RetryBudget.reserve, this.#tokens + RetryBudget.share);
  }

  /** True when a retry may be made; it is spent then. */
  spend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
