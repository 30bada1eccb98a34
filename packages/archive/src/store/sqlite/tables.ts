import type { Generated } from 'kysely';

/** One row a resource: its current version and the facts that search filters by. */
export interface ResourceTable {
  row: Generated<number>;
  type: string;
  id: string;
  version: number;
  last_updated_ms: number;
  main_ms: number;
  access_class: string;
  /** AccessFacts as JSON. */
  access: string;
}

/** Every version of every resource, never changed once written. */
export interface VersionTable {
  row: number;
  version: number;
  last_updated: string;
  body: string;
  sha256: string | null;
  size_bytes: number | null;
}

export interface ParamTable {
  id: Generated<number>;
  name: string;
}

export interface TermTable {
  param: number;
  value: string;
  main_ms: number;
  row: number;
}

export interface PeriodTable {
  row: number;
  param: number;
  from_ms: number;
  to_ms: number;
}

export interface SortKeyTable {
  param: number;
  key_ms: number;
  row: number;
}

export interface AccessClassTable {
  type: string;
  access_class: string;
}

export interface SidecarTable {
  document_id: string;
  version_id: string;
  kind: string;
  body: string;
}

/** The SQL schema as Kysely sees it. */
export interface Tables {
  resource: ResourceTable;
  version: VersionTable;
  param: ParamTable;
  term: TermTable;
  period: PeriodTable;
  sort_key: SortKeyTable;
  access_class: AccessClassTable;
  sidecar: SidecarTable;
}
