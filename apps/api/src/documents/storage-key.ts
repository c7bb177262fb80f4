/** Where the store keeps the file of a document, and whose it is. */
export interface StoredFile {
  organizationId: string;
  documentId: string;
}

const pattern = /^organizations\/([^/]+)\/documents\/([0-9a-f-]{36})\/1$/;

/** The key under which a document's file is stored. The last part is the number of the file: a document has one. */
export function storageKeyOf({ organizationId, documentId }: StoredFile): string {
  return `organizations/${organizationId}/documents/${documentId}/1`;
}

/** Whose file a key names; null for a key that `storageKeyOf` did not make. */
export function parseStorageKey(key: string): StoredFile | null {
  const [, organizationId, documentId] = pattern.exec(key) ?? [];
  return organizationId && documentId ? { organizationId, documentId } : null;
}
