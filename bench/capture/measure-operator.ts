export interface OperatorResult {
  readonly missed: number | null;
  readonly duplicates: number | null;
  readonly shutterToReadyMs: number | null;
  readonly reason?: string;
}

export function measureOperator(): Promise<OperatorResult> {
  return Promise.resolve({ missed: null, duplicates: null, shutterToReadyMs: null, reason: 'not measured yet' });
}
