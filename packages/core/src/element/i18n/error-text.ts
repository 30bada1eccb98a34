/** What happened, and what to do next. Both are whole sentences without the final stop. */
export interface ErrorText {
  readonly title: string;
  readonly next: string;
}
