/** The text of an error for users. Both parts are whole sentences without the final stop. */
export interface ErrorText {
  /** What happened. */
  readonly title: string;
  /** What to do next. */
  readonly next: string;
}
