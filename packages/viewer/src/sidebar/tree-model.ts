import { defaultDocumentTree, type CategoryInfo, type DocumentEntry } from '@anjuan/core';

/** One branch of the tree. Branches stand in the order in which the record first uses them. */
export interface TreeGroup {
  /** Category code. */
  readonly key: string;
  readonly label: string;
  readonly documents: readonly TreeDocument[];
}

export interface TreeDocument {
  readonly documentId: string;
  readonly versionId: string;
  readonly title: string;
  readonly dateTime: string;
  readonly author: string;
  readonly state: DocumentEntry['state'];
  readonly pageCount: number;
  /** The source system says that it is signed. */
  readonly signed: boolean;
}

export interface TreeOptions {
  readonly locale: 'zh-CN' | 'en';
  /** Names the branches; default is the tree of the bound record. */
  readonly tree?: readonly CategoryInfo[];
}

/** The name of a category in the active language; the archive's own text for categories that the tree lacks. */
export function categoryLabel(category: DocumentEntry['category'], options: TreeOptions): string {
  const known = (options.tree ?? defaultDocumentTree).find((entry) => entry.code === category.code);
  if (known) return options.locale === 'en' ? known.en : known.zh;
  return category.display || category.code;
}

/** Groups the documents of a record by category. Pure; call it again when the record or the language changes. */
export function buildTree(documents: readonly DocumentEntry[], options: TreeOptions): readonly TreeGroup[] {
  const groups = new Map<string, { key: string; label: string; documents: TreeDocument[] }>();
  for (const document of documents) {
    const key = document.category.code;
    const label = categoryLabel(document.category, options);
    const group = groups.get(key) ?? { key, label, documents: [] };
    groups.set(key, group);
    group.documents.push({
      documentId: document.documentId,
      versionId: document.versionId,
      title: document.state === 'locked' ? label : document.title,
      dateTime: document.dateTime,
      author: document.author,
      state: document.state,
      pageCount: document.pages.length,
      signed: document.signed === true && document.state !== 'locked',
    });
  }
  return [...groups.values()];
}
