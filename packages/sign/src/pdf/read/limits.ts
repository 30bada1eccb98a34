/** What no honest file reaches. Beyond: `pdf-limits-exceeded`. */
export const limits = {
  /** Arrays and dictionaries inside each other. */
  depth: 128,
  /** Members of one array or dictionary. */
  members: 1_000_000,
  /** Bytes of one object without its stream. */
  objectBytes: 32 * 1024 * 1024,
  /** Bytes of one cross-reference table. */
  tableBytes: 96 * 1024 * 1024,
  /** Cross-reference sections in one chain. */
  sections: 2_048,
  /** Highest object number. @source ISO 32000-1 annex C, table C.1 (8,388,607 indirect objects) */
  objectNumber: 8_388_607,
  /** Entries of all sections together. */
  entries: 4_000_000,
  /** References that lead to references. */
  refChain: 32,
  /** Default of `decode`. */
  decodedBytes: 64 * 1024 * 1024,
  /** Filters of one stream. */
  filters: 8,
  /** Levels of page and field trees. */
  treeDepth: 128,
  /** Nodes of a page or field tree. */
  treeNodes: 500_000,
  /** Findings kept. */
  anomalies: 1_000,
} as const;
